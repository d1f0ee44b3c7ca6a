/*
 * A tiny interpreter to try the kit on: sound as it stands, and with one defect for each macro that it is compiled with.
 *
 * Language: `add A B` prints the sum, `load PATH` runs a module (again each time), `#` begins a comment.
 * Code comes from: a path; standard input (no arguments; a prompt on a terminal); -c TEXT; SUBJECT_CODE, code that is
 * run first; SUBJECT_STARTUP, a file that is run first; `load`; -f FILE; -m NAME, a file in the folder SUBJECT_PATH; -k
 * FILE, one that --compile SOURCE FILE has made.
 *
 * The defects (NEVER_REFUSES_PIPES and so on) are named in subjects.ts, each with the requirements that it breaks; so are
 * the oddities (ASKS_LATE and so on), which break none.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
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

#define UNASKED (-2)
static int bits = UNASKED, refused_too_late;

static void ask(void)
{
#ifdef NEVER_ASKS_THE_SECUREBITS
	bits = 0;
#else
	bits = prctl(PR_GET_SECUREBITS);
#endif
#ifdef FAILS_OPEN_WITHOUT_SECUREBITS
	if (bits == -1)
		bits = 0;
#endif
	if (bits == -1) {
		perror("subject: securebits");
		_exit(1);
	}
#ifdef ALWAYS_RESTRICTS_FILES
	bits |= RESTRICT_FILE;
#endif
#ifdef ALWAYS_DENIES_INTERACTIVE
	bits |= DENY_INTERACTIVE;
#endif
}

/* Is one of these bits in force? */
static int in_force(int wanted)
{
#ifdef ALWAYS_ENFORCES
	return 1;
#endif
	if (bits == UNASKED)
		ask();
	return bits & wanted;
}

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

/* What a file is loaded as. */
enum { SCRIPT, MODULE, STARTUP, OPTION, BY_NAME, COMPILED };
#define COMPILED_HEAD "# compiled\n"

static void load(const char *path, int as);

static void run_line(char *line)
{
	long a, b;

	if (sscanf(line, "add %ld %ld", &a, &b) == 2) {
		printf("%ld\n", a + b);
#ifndef BUFFERS_ITS_OUTPUT
		fflush(stdout);
#endif
	} else if (!strncmp(line, "load ", 5)) {
		load(line + 5, MODULE);
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
	char *const *args = argv, *const *environment = environ;
	struct stat st;

#ifdef SKIPS_THE_CHECK_IN_MODE_1
	if (!in_force(RESTRICT_FILE | DENY_INTERACTIVE))
		return 0;
#endif
#ifdef USES_ST_MODE
	fstat(fd, &st);
	return S_ISREG(st.st_mode) && (st.st_mode & 0111) ? 0 : EACCES;
#endif
#ifdef GIVES_NO_ARGV
	args = NULL;
#endif
#ifdef GIVES_A_FOREIGN_ARGV
	argv[0] = "subject";
#endif
#ifdef NAMES_THE_DESCRIPTOR
	/* As fexecve does in the kernel. */
	char by_number[32];
	snprintf(by_number, sizeof(by_number), "/dev/fd/%d", fd);
	argv[0] = by_number;
#endif
#ifdef GIVES_NO_ENVP
	environment = NULL;
#endif
#ifdef NEVER_CHECKS_PIPES
	if (!fstat(fd, &st) && !S_ISREG(st.st_mode) && !isatty(fd))
		return EACCES;
#endif
#ifdef NEVER_CHECKS_THE_PROMPT
	if (isatty(fd))
		return EACCES;
#endif
#ifdef TRIES_AGAIN_WHEN_INTERRUPTED
	int again;
	do
		again = syscall(SYS_execveat, fd, "", args, environment, AT_EMPTY_PATH | AT_EXECVE_CHECK);
	while (again && (errno == EINTR || errno == EAGAIN));
	return again ? errno : 0;
#endif
#ifdef CHECKS_THE_PATH
	if (!syscall(SYS_execveat, AT_FDCWD, path, args, environment, AT_EXECVE_CHECK))
		return 0;
#else
	if (!syscall(SYS_execveat, fd, "", args, environment, AT_EMPTY_PATH | AT_EXECVE_CHECK))
		return 0;
#endif
#ifdef FAILS_OPEN_WHEN_FILTERED
	if (errno == ENOSYS || errno == EPERM)
		return 0;
#endif
#ifdef RUNS_ON_RARE_ERRNOS
	if (errno == E2BIG || errno == EINTR || errno == EIO)
		return 0;
#endif
#ifdef RUNS_ON_ERRNOS_OF_NO_MANUAL_PAGE
	switch (errno) {
	case EACCES: case E2BIG: case EAGAIN: case EBADF: case EFAULT: case EINTR: case EINVAL: case EIO: case EISDIR:
	case ELIBBAD: case ELOOP: case EMFILE: case ENAMETOOLONG: case ENFILE: case ENOENT: case ENOEXEC: case ENOMEM:
	case ENOSYS: case ENOTDIR: case EPERM: case ETXTBSY:
		break;
	default:
		return 0;
	}
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
#ifdef READS_IN_A_WORKER
	/* The worker reads the open file that it inherited, and its parent has closed by then. */
	int ends[2];
	if (!pipe(ends)) {
		if (!fork()) {
			char chunk[512];
			close(ends[0]);
			usleep(20000);
			while ((got = read(fd, chunk, sizeof(chunk))) > 0)
				if (write(ends[1], chunk, got) != got)
					break;
			_exit(0);
		}
		close(ends[1]);
		close(fd);
		fd = ends[0];
	}
#endif
#ifdef READS_WHAT_A_SOCKET_BROUGHT
	int sides[2];
	if (!socketpair(AF_UNIX, SOCK_STREAM, 0, sides)) {
		union { struct cmsghdr head; char room[CMSG_SPACE(sizeof(int))]; } control = { 0 };
		char byte = 0;
		struct iovec one = { &byte, 1 };
		struct msghdr message = { .msg_iov = &one, .msg_iovlen = 1, .msg_control = &control,
					  .msg_controllen = sizeof(control) };
		control.head.cmsg_level = SOL_SOCKET;
		control.head.cmsg_type = SCM_RIGHTS;
		control.head.cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(&control.head), &fd, sizeof(int));
		if (sendmsg(sides[0], &message, 0) == 1 && close(fd) == 0 && recvmsg(sides[1], &message, 0) == 1)
			memcpy(&fd, CMSG_DATA(&control.head), sizeof(int));
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

static void load(const char *path, int as)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), failed, under = RESTRICT_FILE;
	struct stat st;
	char *text = NULL;

	if (fd < 0 || fstat(fd, &st)) {
		perror(path);
		_exit(1);
	}
#ifdef PEEKS_AT_THE_BEGINNING
	/* At another open file, which is closed before the one that counts is opened. */
	if (S_ISREG(st.st_mode)) {
		char magic[4];
		int other = open(path, O_RDONLY | O_CLOEXEC);
		if (read(other, magic, sizeof(magic)) < 0)
			perror(path);
		close(other);
	}
#endif
#ifdef READS_BEFORE_THE_CHECK
	text = read_all(fd);
#endif
#ifdef SPLICES_BEFORE_THE_CHECK
	int tube[2];
	if (S_ISREG(st.st_mode) && !pipe(tube)) {
		if (splice(fd, NULL, tube[1], NULL, 1 << 15, 0) >= 0) {
			close(tube[1]);
			text = read_all(tube[0]);
		}
		close(tube[0]);
	}
#endif
#ifdef INTERPRETS_ANOTHER_OPEN_FILE
	/* The one is checked and looked at; the text comes from the other, which was opened apart from it. */
	if (S_ISREG(st.st_mode)) {
		char magic[4];
		int other = open(path, O_RDONLY | O_CLOEXEC);
		failed = check(fd, path);
		if (read(fd, magic, sizeof(magic)) < 0)
			perror(path);
		text = read_all(other);
		close(other);
	} else
#endif
#ifdef NEVER_CHECKS_COMPILED_CODE
	failed = as == COMPILED ? 0 : check(fd, path);
#else
	failed = check(fd, path);
#endif
#ifdef ONLY_EACCES_COUNTS_FOR_WHAT_IS_LOADED
	if (as != SCRIPT && failed != EACCES)
		failed = 0;
#endif
#ifndef RUNS_NAMED_PIPES_IN_MODE_3
	if (!S_ISREG(st.st_mode))
		under |= DENY_INTERACTIVE;
#endif
#ifdef IGNORES_RESTRICT_FILE_FOR_MODULES
	if (as == MODULE)
		under &= ~RESTRICT_FILE;
#endif
#ifdef IGNORES_RESTRICT_FILE_FOR_STARTUP
	if (as == STARTUP)
		under &= ~RESTRICT_FILE;
#endif
	(void)as;
#ifdef SKIPS_A_REFUSED_STARTUP_FILE
	if (as == STARTUP && failed && in_force(under))
		return;
#endif
#ifdef RUNS_A_MODULE_AND_THEN_REFUSES_IT
	if (as == MODULE && failed && in_force(under))
		run_text(read_all(fd));
#endif
#ifdef ASKS_WHETHER_TO_RUN_ANYWAY
	if (failed && in_force(under) && isatty(0)) {
		char answer[8] = "";
		fputs("not executable, run anyway? [y/N] ", stderr);
		if (fgets(answer, sizeof(answer), stdin) && *answer == 'y')
			failed = 0;
	}
#endif
	if (failed && in_force(under))
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
	if (as == COMPILED && strncmp(text, COMPILED_HEAD, strlen(COMPILED_HEAD))) {
		fprintf(stderr, "subject: %s is not compiled\n", path);
		_exit(1);
	}
	run_text(text);
}

static void load_by_name(const char *name)
{
	const char *folder = getenv("SUBJECT_PATH");
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s.subject", folder ? folder : ".", name);
	load(path, BY_NAME);
}

static void compile(const char *from, const char *into)
{
	FILE *source = fopen(from, "r"), *made = fopen(into, "w");
	int each;

	if (!source || !made) {
		perror("subject: compile");
		_exit(1);
	}
	fputs(COMPILED_HEAD, made);
	while ((each = fgetc(source)) != EOF)
		fputc(each, made);
	fclose(made);
}

static void run_stdin(void)
{
	char line[4096], *text = NULL;
	struct stat st;
	int failed, is_whole = 1;

#ifdef READS_BEFORE_THE_CHECK
	if (!isatty(0))
		text = read_all(0);
#endif
	failed = check(0, "/proc/self/fd/0");
#ifndef STARTS_WHERE_STANDARD_INPUT_STANDS
	/* What passed is the whole file: the text has to be that, wherever the descriptor stands by then. */
	if (!failed && !fstat(0, &st) && S_ISREG(st.st_mode)) {
		if (!text && !isatty(0))
			text = read_all(0);
		is_whole = (off_t)strlen(text) == st.st_size;
	}
#endif
	(void)st;
	failed = failed || !is_whole;
#ifndef IGNORES_DENY_INTERACTIVE_FOR_STDIN
	if (failed && in_force(DENY_INTERACTIVE))
		refuse("standard input");
#endif
	(void)failed;
#ifdef READS_THE_TERMINAL_TO_ITS_END
	if (isatty(0)) {
		run_text(read_all(0));
		return;
	}
#endif
	if (isatty(0)) {
#ifdef STARTS_SLOWLY
		tcflush(0, TCIFLUSH);
#endif
		while (fputs("subject> ", stderr), fgets(line, sizeof(line), stdin))
			run_text(line);
		return;
	}
	run_text(text ? text : read_all(0));
}

static void run_snippet(const char *name, const char *code, int heeds)
{
#ifdef IGNORES_A_REFUSED_VARIABLE
	if (!strcmp(name, "SUBJECT_CODE") && in_force(DENY_INTERACTIVE))
		return;
#endif
	if (heeds && in_force(DENY_INTERACTIVE))
		refuse(name);
	run_text(strdup(code));
}

#ifdef STARTS_THREADS_WHILE_IT_CHECKS
static volatile int done_with_threads;

static void *do_nothing(void *unused)
{
	return unused;
}

static void *check_again_and_again(void *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	while (!done_with_threads)
		check(fd, path);
	close(fd);
	return NULL;
}
#endif

int main(int argc, char **argv)
{
	const char *code = getenv("SUBJECT_CODE"), *startup = getenv("SUBJECT_STARTUP");
	int heeds_option = 1, heeds_environment = 1;

	if (argc > 3 && !strcmp(argv[1], "--compile")) {
		compile(argv[2], argv[3]);
		return 0;
	}
#ifdef STARTS_SLOWLY
	sleep(3);
#endif
#ifdef READS_MANY_FILES
	for (int i = 0; i < 2500; i++) {
		int other = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
		char chunk[1024];
		while (read(other, chunk, sizeof(chunk)) > 0)
			;
		close(other);
	}
#endif
#ifdef STARTS_THREADS_WHILE_IT_CHECKS
	/* While a check that passes is under way, the kernel makes no thread: EAGAIN. So it is tried again. */
	pthread_t checker;
	struct stat last;
	if (argc > 1 && !stat(argv[argc - 1], &last) && S_ISREG(last.st_mode) &&
	    !pthread_create(&checker, NULL, check_again_and_again, argv[argc - 1])) {
		for (int i = 0; i < 100; i++) {
			pthread_t other;
			while (pthread_create(&other, NULL, do_nothing, NULL) == EAGAIN)
				usleep(100);
			pthread_join(other, NULL);
		}
		done_with_threads = 1;
		pthread_join(checker, NULL);
	}
#endif
#ifndef ASKS_LATE
	in_force(0);
#endif
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
#ifdef CHECKS_THE_PROFILE_FIRST
	/* As a login shell does; Debian ships it without execute permission. */
	if (startup) {
		int profile = open("/etc/profile", O_RDONLY | O_CLOEXEC);
		if (check(profile, "/etc/profile") && in_force(RESTRICT_FILE))
			refuse("/etc/profile");
		close(profile);
	}
#endif
#ifdef RUNS_THE_STARTUP_FILE_UNCHECKED_BEFORE_THE_PROMPT
	if (startup && argc < 2 && isatty(0)) {
		int unchecked = open(startup, O_RDONLY | O_CLOEXEC);
		run_text(read_all(unchecked));
		close(unchecked);
		startup = NULL;
	}
#endif
	if (startup)
		load(startup, STARTUP);
	if (argc > 2 && !strcmp(argv[1], "-c"))
		run_snippet("-c", argv[2], heeds_option);
	else if (argc > 2 && !strcmp(argv[1], "-f"))
		load(argv[2], OPTION);
	else if (argc > 2 && !strcmp(argv[1], "-m"))
		load_by_name(argv[2]);
	else if (argc > 2 && !strcmp(argv[1], "-k"))
		load(argv[2], COMPILED);
	else if (argc > 1)
		load(argv[1], SCRIPT);
	else
		run_stdin();
	return refused_too_late;
}
