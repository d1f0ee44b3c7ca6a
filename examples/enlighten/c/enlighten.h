/* SPDX-License-Identifier: MIT-0 */
/*
 * Admission of code, for an interpreter that obeys AT_EXECVE_CHECK and the exec securebits (Linux 6.14): opens, checks,
 * decides and reads as one act. Let nothing else read code: no fopen, no mmap, no second open.
 * Threads: the securebits are the calling thread's. While a check that passes is under way, the kernel lets no thread
 * of the process create another: pthread_create fails with EAGAIN, and enlighten_pthread_create tries again.
 */
#ifndef ENLIGHTEN_H
#define ENLIGHTEN_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* for syscall, environ, AT_EMPTY_PATH: include this file before any other */
#endif
#define _FILE_OFFSET_BITS 64 /* else, on 32 bits, open refuses large files, and fstat those of large inode numbers */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef AT_EXECVE_CHECK
#define AT_EXECVE_CHECK 0x10000
#endif
#ifndef SECBIT_EXEC_RESTRICT_FILE
#define SECBIT_EXEC_RESTRICT_FILE (1 << 8)
#endif
#ifndef SECBIT_EXEC_DENY_INTERACTIVE
#define SECBIT_EXEC_DENY_INTERACTIVE (1 << 10)
#endif

struct enlighten {
	char *text; /* the code, and a NUL behind it; NULL if none was read */
	size_t size;
	int fd; /* of a path, else -1: while it is open, no other file has the same st_dev and st_ino */
	struct stat stat;
	char why[1024]; /* why nothing may run, where a function returns -1 */
};

static inline void enlighten_free(struct enlighten *code)
{
	free(code->text);
	if (code->fd >= 0)
		close(code->fd);
	*code = (struct enlighten){ .fd = -1 };
}

static inline int enlighten_fail(struct enlighten *code, const char *name, const char *what, int error, int under,
				 const char *hint)
{
	static const char *const names[] = { [E2BIG] = "E2BIG", [EACCES] = "EACCES", [EBADF] = "EBADF", [EFBIG] = "EFBIG",
		[EINVAL] = "EINVAL", [EISDIR] = "EISDIR", [EMFILE] = "EMFILE", [ENOENT] = "ENOENT", [ENOMEM] = "ENOMEM",
		[ENOSYS] = "ENOSYS", [EPERM] = "EPERM", [ETXTBSY] = "ETXTBSY" };
	const char *known = error < (int)(sizeof(names) / sizeof(*names)) ? names[error] : NULL;
	enlighten_free(code);
	snprintf(code->why, 256, "%s", name);
	char *end = code->why;
	for (; *end; end++)
		if (*end < ' ' || *end > '~') /* a terminal could obey it */
			*end = '?';
	end += sprintf(end, ": %s", what);
	if (error)
		end += sprintf(end, ": %s (%s)", known ? known : "errno", strerror(error));
	if (under)
		sprintf(end, ", under %s%s%s%s", under & SECBIT_EXEC_RESTRICT_FILE ? "SECBIT_EXEC_RESTRICT_FILE" : "",
			under == (SECBIT_EXEC_RESTRICT_FILE | SECBIT_EXEC_DENY_INTERACTIVE) ? " and " : "",
			under & SECBIT_EXEC_DENY_INTERACTIVE ? "SECBIT_EXEC_DENY_INTERACTIVE" : "", hint);
	return -1;
}

/* check: 0, an errno, or -1 for text that no file holds as a whole: all but 0 refuse it under the bits `under`. */
static inline int enlighten_decide(struct enlighten *code, const char *name, int under, int check, const char *what,
				   const char *hint)
{
	int bits = prctl(PR_GET_SECUREBITS, 0L, 0L, 0L, 0L);
	if (bits < 0)
		return enlighten_fail(code, name, "nothing runs, as the securebits cannot be known", errno, 0, NULL);
	under &= bits;
	return check && under ? enlighten_fail(code, name, what, check > 0 ? check : 0, under, hint) : 0;
}

/*
 * Admits a script, a module, a startup file, or standard input where path is NULL. Returns 0, or -1.
 * argv: what it would be executed with; NULL for its name alone. reads: 0 for a prompt, whose text is yet to be typed.
 */
static inline int enlighten_admit(struct enlighten *code, const char *path, char *const argv[], int reads)
{
	const char *name = path ? path : "standard input";
	char what[99], *const alone[] = { (char *)(path ? path : "/proc/self/fd/0"), NULL };
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : STDIN_FILENO;
	*code = (struct enlighten){ .fd = path ? fd : -1 };
	if (fd < 0 || fstat(fd, &code->stat))
		return enlighten_fail(code, name, fd < 0 ? "cannot open" : "cannot read", errno, 0, NULL);
	mode_t mode = code->stat.st_mode;
	/* The path of a pipe or terminal brings user commands, by another name. */
	int under = (path ? SECBIT_EXEC_RESTRICT_FILE : 0) | (path && S_ISREG(mode) ? 0 : SECBIT_EXEC_DENY_INTERACTIVE);
	/* In every mode, and before the first byte is read. */
	int check = syscall(SYS_execveat, fd, "", argv ? argv : alone, environ, AT_EMPTY_PATH | AT_EXECVE_CHECK) ? errno : 0;
	if (!path && !check && lseek(fd, 0, SEEK_CUR) != 0)
		check = -1; /* who shares it with us chose where it stands */
	const char *hint = check < 0 ? "\nhint: give the file from its beginning: something has read of it before" :
		check == EACCES ? "\nhint: if you trust it: chmod +x; a pipe, a terminal or a file on a noexec mount never passes" :
		check == ETXTBSY ? "\nhint: close it where it is open for writing" : "";
	sprintf(what, "refused: a %s that the kernel would %s", check < 0 ? "part of a file" : S_ISREG(mode) ? "regular file" :
		S_ISDIR(mode) ? "directory" : S_ISFIFO(mode) ? "pipe" : S_ISSOCK(mode) ? "socket" :
		S_ISCHR(mode) ? "terminal or device" : "device", check < 0 ? "execute as a whole" : "not execute");
	if (enlighten_decide(code, name, under, check, what, hint))
		return -1;
	for (ssize_t got = 1; reads && got != 0;) {
		char *text = realloc(code->text, code->size + 65537);
		if (!text)
			return enlighten_fail(code, name, "cannot read", ENOMEM, 0, NULL);
		code->text = text;
		/* What passed on standard input is read from its beginning, wherever it is moved to meanwhile. */
		got = path || check ? read(fd, text + code->size, 65536) : pread(fd, text + code->size, 65536, code->size);
		if (got < 0 && errno == EAGAIN) /* somebody made it non-blocking: this is not its end */
			usleep(5000);
		else if ((got < 0 && errno != EINTR) || code->size > (32 << 20)) /* /dev/zero has no end */
			return enlighten_fail(code, name, "cannot read", got < 0 ? errno : EFBIG, 0, NULL);
		text[code->size += got > 0 ? got : 0] = 0;
	}
	if (!path && !check)
		lseek(fd, code->size, SEEK_SET); /* where read would have left it */
	return 0;
}

/* Admits text that is in no file, such as that of -c. */
static inline int enlighten_snippet(struct enlighten *code, const char *name)
{
	*code = (struct enlighten){ .fd = -1 };
	return enlighten_decide(code, name, SECBIT_EXEC_DENY_INTERACTIVE, -1, "refused: code that is in no file",
				"\nhint: put the code into an executable file and run that");
}

/* pthread_create, which waits out the checks of other threads: they take microseconds, so a second is enough. */
static inline int enlighten_pthread_create(pthread_t *to, const pthread_attr_t *attr, void *(*run)(void *), void *with)
{
	int error, tries = 1000;
	while ((error = pthread_create(to, attr, run, with)) == EAGAIN && --tries)
		usleep(1000);
	return error;
}
#endif
