/* The calls of an admission, without the rest: what bench/admission.ts compares with. Prints nanoseconds for each turn. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef AT_EXECVE_CHECK
#define AT_EXECVE_CHECK 0x10000
#endif

extern char **environ;

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void check(int fd, char *path)
{
	char *argv[] = { path, "an argument", NULL };

	prctl(PR_GET_SECUREBITS);
	syscall(SYS_execveat, fd, "", argv, environ, AT_EMPTY_PATH | AT_EXECVE_CHECK);
}

/* usage: admission prctl|calls|whole PATH TURNS */
int main(int argc, char **argv)
{
	char buffer[65536];
	struct stat st;
	int turns, fd, i;
	long long begin;

	if (argc != 4)
		return 2;
	turns = atoi(argv[3]);
	fd = open(argv[2], O_RDONLY | O_CLOEXEC);
	begin = now();
	for (i = 0; i < turns; i++) {
		if (!strcmp(argv[1], "prctl")) {
			prctl(PR_GET_SECUREBITS);
		} else if (!strcmp(argv[1], "calls")) {
			check(fd, argv[2]);
		} else {
			int each = open(argv[2], O_RDONLY | O_CLOEXEC | O_NOCTTY);

			fstat(each, &st);
			check(each, argv[2]);
			while (read(each, buffer, sizeof(buffer)) > 0)
				;
			close(each);
		}
	}
	printf("%lld\n", (now() - begin) / turns);
	return 0;
}
