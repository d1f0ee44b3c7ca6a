/*
 * A tiny interpreter to try the kit on: sound as it stands, and with one defect for each macro that it is compiled with.
 *
 * Language: `add A B` prints the sum, `load PATH` runs a module (again each time), `#` begins a comment.
 * Code comes from: a path; standard input (no arguments; a prompt on a terminal); -c TEXT; SUBJECT_CODE, code that is
 * run first; SUBJECT_STARTUP, a file that is run first; `load`.
 *
 * The defects (NEVER_REFUSES_PIPES and so on) are named in subjects.ts, each with the requirements that it breaks.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef AT_EXECVE_CHECK
#define AT_EXECVE_CHECK 0x10000
#endif
#define RESTRICT_FILE (1 << 8)
#define DENY_INTERACTIVE (1 << 10)

#ifdef REFUSES_WITH_126
#define REFUSED 126
#elif defined(REFUSES_WITH_0)
#define REFUSED 0
#else
#define REFUSED 1
#endif

static int bits, refused_too_late;

static void refuse(const char *name)
{
	fprintf(stderr, "subject: %s: refused\n", name);
#ifdef REFUSES_BY_SIGNAL
	raise(SIGKILL);
#endif
#ifdef REFUSES_BY_HANGING
	pause();
#endif
#ifdef RUNS_THEN_EXITS_1
	refused_too_late = 1;
#else
	_exit(REFUSED);
#endif
}

static void load(const char *path, int is_module);

static void run_line(char *line)
{
	long a, b;

	if (sscanf(line, "add %ld %ld", &a, &b) == 2) {
		printf("%ld\n", a + b);
		fflush(stdout);
	} else if (!strncmp(line, "load ", 5)) {
		load(line + 5, 1);
	} else if (*line && *line != '#') {
		fprintf(stderr, "subject: what is %s?\n", line);
		_exit(1);
	}
}

static void run_text(char *text)
{
	char *save, *line;

	for (line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
		run_line(line);
}

/* 0 for passed, else the errno. */
static int check(int fd, const char *path)
{
	char *argv[] = { (char *)path, NULL };
	char *const *args = argv;
	struct stat st;

#ifdef SKIPS_THE_CHECK_IN_MODE_1
	if (!(bits & (RESTRICT_FILE | DENY_INTERACTIVE)))
		return 0;
#endif
#ifdef USES_ST_MODE
	fstat(fd, &st);
	return S_ISREG(st.st_mode) && (st.st_mode & 0111) ? 0 : EACCES;
#endif
#ifdef GIVES_NO_ARGV
	args = NULL;
#endif
#ifdef CHECKS_THE_PATH
	if (!syscall(SYS_execveat, AT_FDCWD, path, args, environ, AT_EXECVE_CHECK))
		return 0;
#else
	if (!syscall(SYS_execveat, fd, "", args, environ, AT_EMPTY_PATH | AT_EXECVE_CHECK))
		return 0;
#endif
#ifdef FAILS_OPEN_WHEN_FILTERED
	if (errno == ENOSYS || errno == EPERM)
		return 0;
#endif
#ifdef RUNS_WHAT_IS_HELD_FOR_WRITING
	if (errno == ETXTBSY)
		return 0;
#endif
#ifdef NEVER_REFUSES_PIPES
	if (!fstat(fd, &st) && S_ISFIFO(st.st_mode))
		return 0;
#endif
	(void)st;
	return errno;
}

static char *read_all(int fd)
{
	size_t size = 0, room = 1 << 16;
	char *text = malloc(room);
	ssize_t got;

#ifdef READS_BY_MMAP
	struct stat st;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > 0) {
		char *map = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (map != MAP_FAILED) {
			memcpy(text, map, st.st_size);
			text[st.st_size] = 0;
			return text;
		}
	}
#endif
#ifdef READS_A_DUPLICATE
	fd = fcntl(fd, F_DUPFD_CLOEXEC, 40);
#endif
#ifdef REOPENS_THE_DESCRIPTOR
	struct stat kind;
	char by_number[64];
	snprintf(by_number, sizeof(by_number), "/proc/self/fd/%d", fd);
	if (!fstat(fd, &kind) && S_ISREG(kind.st_mode))
		fd = open(by_number, O_RDONLY);
#endif
	while ((got = read(fd, text + size, room - 1 - size)) > 0)
		size += got;
	text[size] = 0;
	return text;
}

static void load(const char *path, int is_module)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), failed, under = RESTRICT_FILE;
	struct stat st;
	char *text = NULL;

	if (fd < 0 || fstat(fd, &st)) {
		perror(path);
		_exit(1);
	}
#ifdef READS_BEFORE_THE_CHECK
	text = read_all(fd);
#endif
	failed = check(fd, path);
#ifndef RUNS_NAMED_PIPES_IN_MODE_3
	if (!S_ISREG(st.st_mode))
		under |= DENY_INTERACTIVE;
#endif
#ifdef IGNORES_RESTRICT_FILE_FOR_MODULES
	if (is_module == 1)
		under &= ~RESTRICT_FILE;
#endif
#ifdef IGNORES_RESTRICT_FILE_FOR_STARTUP
	if (is_module == 2)
		under &= ~RESTRICT_FILE;
#endif
	(void)is_module;
	if (failed && (bits & under))
		refuse(path);
#ifdef OPENS_THE_PATH_AGAIN
	/* A named pipe would wait for another writer. */
	if (S_ISREG(st.st_mode)) {
		close(fd);
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	}
#endif
	if (!text)
		text = read_all(fd);
	close(fd);
	run_text(text);
}

static void run_stdin(void)
{
	char line[4096], *text = NULL;
	int failed;

#ifdef READS_BEFORE_THE_CHECK
	if (!isatty(0))
		text = read_all(0);
#endif
	failed = check(0, "/proc/self/fd/0");
#ifndef IGNORES_DENY_INTERACTIVE_FOR_STDIN
	if (failed && (bits & DENY_INTERACTIVE))
		refuse("standard input");
#endif
	(void)failed;
	if (isatty(0)) {
		while (fputs("subject> ", stderr), fgets(line, sizeof(line), stdin))
			run_text(line);
		return;
	}
	run_text(text ? text : read_all(0));
}

static void run_snippet(const char *name, const char *code, int heeds)
{
	if (heeds && (bits & DENY_INTERACTIVE))
		refuse(name);
	run_text(strdup(code));
}

int main(int argc, char **argv)
{
	const char *code = getenv("SUBJECT_CODE"), *startup = getenv("SUBJECT_STARTUP");
	int heeds_option = 1, heeds_environment = 1;

#ifndef NEVER_ASKS_THE_SECUREBITS
	bits = prctl(PR_GET_SECUREBITS);
#endif
#ifdef FAILS_OPEN_WITHOUT_SECUREBITS
	if (bits == -1)
		bits = 0;
#endif
	if (bits == -1) {
		perror("subject: securebits");
		return 1;
	}
#ifdef REFUSES_EVERYTHING
	refuse("everything");
#endif
#ifdef IGNORES_DENY_INTERACTIVE_FOR_SNIPPETS
	heeds_option = 0;
#endif
#ifdef IGNORES_DENY_INTERACTIVE_FOR_THE_ENVIRONMENT
	heeds_environment = 0;
#endif
#ifdef READS_IN_A_CHILD
	/* What the child does with what was inherited is looked at as well. */
	pid_t child = fork();
	int status;
	if (child > 0) {
		waitpid(child, &status, 0);
		return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
	}
#endif
	if (code)
		run_snippet("SUBJECT_CODE", code, heeds_environment);
	if (startup)
		load(startup, 2);
	if (argc > 2 && !strcmp(argv[1], "-c"))
		run_snippet("-c", argv[2], heeds_option);
	else if (argc > 1)
		load(argv[1], 0);
	else
		run_stdin();
	return refused_too_late;
}
