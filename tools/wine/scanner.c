/*
 * scanner.exe FOLDER MILLISECONDS: holds every file that is created or changed below FOLDER for so
 * long, without sharing its deletion, as a virus scanner, the search indexer and OneDrive do.
 * Prints "watching" once it looks. Ends when its input is closed, and then prints how many it held.
 */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#define LONGEST 1200

static DWORD hold;
static volatile LONG held, failed;

static DWORD WINAPI scan(LPVOID path)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
                              OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) {
        InterlockedIncrement(&failed);
    } else {
        InterlockedIncrement(&held);
        Sleep(hold);
        CloseHandle(file);
    }
    free(path);
    return 0;
}

static void look_at(const wchar_t *folder, const FILE_NOTIFY_INFORMATION *change)
{
    wchar_t *path;
    DWORD kind;
    if (change->Action == FILE_ACTION_REMOVED || change->Action == FILE_ACTION_RENAMED_OLD_NAME)
        return;
    path = malloc(LONGEST * sizeof *path);
    if (path == NULL)
        return;
    swprintf(path, LONGEST, L"%ls\\%.*ls", folder, (int)(change->FileNameLength / sizeof *path),
             change->FileName);
    kind = GetFileAttributesW(path);
    if (kind == INVALID_FILE_ATTRIBUTES || (kind & FILE_ATTRIBUTE_DIRECTORY))
        free(path);
    else
        CloseHandle(CreateThread(NULL, 0, scan, path, 0, NULL));
}

static DWORD WINAPI watch(LPVOID folder)
{
    static DWORD buffer[65536];
    const DWORD wanted = FILE_NOTIFY_CHANGE_FILE_NAME | FILE_NOTIFY_CHANGE_DIR_NAME |
                         FILE_NOTIFY_CHANGE_LAST_WRITE | FILE_NOTIFY_CHANGE_SIZE;
    HANDLE place = CreateFileW(folder, FILE_LIST_DIRECTORY,
                               FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                               OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    if (place == INVALID_HANDLE_VALUE) {
        printf("no such folder\n");
        exit(1);
    }
    printf("watching\n");
    fflush(stdout);
    for (;;) {
        DWORD length = 0;
        const char *at = (const char *)buffer;
        if (!ReadDirectoryChangesW(place, buffer, sizeof buffer, TRUE, wanted, &length, NULL, NULL))
            exit(2);
        while (length > 0) {
            const FILE_NOTIFY_INFORMATION *change = (const FILE_NOTIFY_INFORMATION *)at;
            look_at(folder, change);
            if (change->NextEntryOffset == 0)
                break;
            at += change->NextEntryOffset;
        }
    }
}

int wmain(int argc, wchar_t **argv)
{
    if (argc != 3)
        return 2;
    hold = (DWORD)_wtoi(argv[2]);
    CloseHandle(CreateThread(NULL, 0, watch, argv[1], 0, NULL));
    while (getchar() != EOF) {
    }
    printf("held %ld, too late for %ld\n", held, failed);
    return 0;
}
