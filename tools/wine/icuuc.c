/*
 * icuuc.dll for a wine that lacks it. Windows 10 has it in system32, and Qt6Core is linked against
 * its converters, which Qt asks only for code pages that it does not know itself. Every converter
 * here says "no such converter", as ICU does for a name that it has never heard of.
 */
#include <stddef.h>

typedef int UErrorCode;
enum { U_FILE_ACCESS_ERROR = 4 };

#define EXPORT __declspec(dllexport)
#define NOTHING(name) EXPORT void name(void) {}

EXPORT void *ucnv_open(const char *name, UErrorCode *error)
{
    (void)name;
    *error = U_FILE_ACCESS_ERROR;
    return NULL;
}

EXPORT const char *ucnv_getName(const void *converter, UErrorCode *error)
{
    (void)converter;
    *error = U_FILE_ACCESS_ERROR;
    return "";
}

EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, UErrorCode *error)
{
    (void)name;
    (void)standard;
    *error = U_FILE_ACCESS_ERROR;
    return NULL;
}

EXPORT const char *ucnv_getAvailableName(int index)
{
    (void)index;
    return NULL;
}

EXPORT int ucnv_countAvailable(void)
{
    return 0;
}

EXPORT signed char ucnv_getMaxCharSize(const void *converter)
{
    (void)converter;
    return 1;
}

static void no_callback(void **action, const void **context)
{
    *action = NULL;
    *context = NULL;
}

EXPORT void ucnv_getToUCallBack(const void *converter, void **action, const void **context)
{
    (void)converter;
    no_callback(action, context);
}

EXPORT void ucnv_getFromUCallBack(const void *converter, void **action, const void **context)
{
    (void)converter;
    no_callback(action, context);
}

EXPORT int ucnv_toUCountPending(const void *converter, UErrorCode *error)
{
    (void)converter;
    (void)error;
    return 0;
}

EXPORT int ucnv_fromUCountPending(const void *converter, UErrorCode *error)
{
    (void)converter;
    (void)error;
    return 0;
}

/* Only ever called with a converter, and nobody gets one. */
NOTHING(ucnv_close)
NOTHING(ucnv_reset)
NOTHING(ucnv_toUnicode)
NOTHING(ucnv_fromUnicode)
NOTHING(ucnv_setToUCallBack)
NOTHING(ucnv_setFromUCallBack)
NOTHING(ucnv_cbToUWriteUChars)
NOTHING(ucnv_cbFromUWriteUChars)
NOTHING(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NOTHING(UCNV_TO_U_CALLBACK_SUBSTITUTE)
