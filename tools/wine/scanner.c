/*
 * scanner.exe FOLDER MILLISECONDS: holds every file that is created or changed below FOLDER for so
 * long, without sharing its deletion, as a virus scanner, the search indexer and OneDrive do.
 * Prints "watching" once it looks. Ends when its input is closed, and then prints how many it held.
 *
 * Each folder has a watch of its own: wine tells of what lies deeper only now and then.
 */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#define LONGEST 1200

static DWORD hold;
static volatile LONG held, missed;

static wchar_t *joined(const wchar_t *folder, const wchar_t *name, int length)
{
    wchar_t *path = malloc(LONGEST * sizeof *path);
    if (path == NULL)
        exit(3);
    swprintf(path, LONGEST, L"%ls\\%.*ls", folder, length, name);
    return path;
}

static void begin(LPTHREAD_START_ROUTINE work, wchar_t *path)
{
    HANDLE thread = CreateThread(NULL, 65536, work, path, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    if (thread == NULL)
        exit(4);
    CloseHandle(thread);
}

static DWORD WINAPI scan(LPVOID path)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                              OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        InterlockedIncrement(&missed);
    } else {
        InterlockedIncrement(&held);
        Sleep(hold);
        CloseHandle(file);
    }
    free(path);
    return 0;
}

static HANDLE opened(const wchar_t *folder)
{
    return CreateFileW(folder, FILE_LIST_DIRECTORY,
                       FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                       FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OVERLAPPED, NULL);
}

struct watched {
    HANDLE place;
    OVERLAPPED waiting;
    wchar_t *folder;
    DWORD changes[4096];
};

static DWORD WINAPI watch(LPVOID given);

/* Ask to be told of changes in one folder; NULL when the folder is gone. */
static struct watched *asked(wchar_t *folder)
{
    struct watched *one = calloc(1, sizeof *one);
    if (one == NULL)
        exit(3);
    one->folder = folder;
    one->place = opened(folder);
    one->waiting.hEvent = CreateEventW(NULL, FALSE, FALSE, NULL);
    return one;
}

static BOOL ask(struct watched *one)
{
    const DWORD wanted = FILE_NOTIFY_CHANGE_FILE_NAME | FILE_NOTIFY_CHANGE_DIR_NAME |
                         FILE_NOTIFY_CHANGE_LAST_WRITE | FILE_NOTIFY_CHANGE_SIZE;
    return one->place != INVALID_HANDLE_VALUE &&
           ReadDirectoryChangesW(one->place, one->changes, sizeof one->changes, FALSE, wanted, NULL,
                                 &one->waiting, NULL);
}

/* Watch a folder and all below it; with files_too also hold what already lies in it. */
static void watch_all(wchar_t *folder, BOOL files_too)
{
    WIN32_FIND_DATAW found;
    struct watched *one = asked(folder);
    wchar_t *pattern = joined(folder, L"*", 1);
    HANDLE search;
    if (!ask(one)) {
        free(pattern);
        return;
    }
    begin(watch, (wchar_t *)one);
    search = FindFirstFileW(pattern, &found);
    free(pattern);
    if (search == INVALID_HANDLE_VALUE)
        return;
    do {
        wchar_t *path;
        if (wcscmp(found.cFileName, L".") == 0 || wcscmp(found.cFileName, L"..") == 0)
            continue;
        path = joined(folder, found.cFileName, (int)wcslen(found.cFileName));
        if (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
            watch_all(path, files_too);
        else if (files_too)
            begin(scan, path);
        else
            free(path);
    } while (FindNextFileW(search, &found));
    FindClose(search);
}

static void look_at(const struct watched *one, const FILE_NOTIFY_INFORMATION *change)
{
    wchar_t *path;
    DWORD kind;
    if (change->Action == FILE_ACTION_REMOVED || change->Action == FILE_ACTION_RENAMED_OLD_NAME)
        return;
    path = joined(one->folder, change->FileName, (int)(change->FileNameLength / sizeof *path));
    kind = GetFileAttributesW(path);
    if (kind == INVALID_FILE_ATTRIBUTES)
        free(path);
    else if (!(kind & FILE_ATTRIBUTE_DIRECTORY))
        begin(scan, path);
    else if (change->Action != FILE_ACTION_MODIFIED)
        watch_all(path, TRUE);
    else
        free(path);
}

static DWORD WINAPI watch(LPVOID given)
{
    struct watched *one = given;
    DWORD length;
    while (GetOverlappedResult(one->place, &one->waiting, &length, TRUE)) {
        const char *at = (const char *)one->changes;
        while (length > 0) {
            const FILE_NOTIFY_INFORMATION *change = (const FILE_NOTIFY_INFORMATION *)at;
            look_at(one, change);
            if (change->NextEntryOffset == 0)
                break;
            at += change->NextEntryOffset;
        }
        if (!ask(one))
            break;
    }
    CloseHandle(one->place); /* the folder is gone */
    return 0;
}

int wmain(int argc, wchar_t **argv)
{
    if (argc != 3)
        return 2;
    hold = (DWORD)_wtoi(argv[2]);
    watch_all(argv[1], FALSE);
    printf("watching\n");
    fflush(stdout);
    while (getchar() != EOF) {
    }
    printf("held %ld, too late for %ld\n", held, missed);
    return 0;
}
