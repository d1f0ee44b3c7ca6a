/* Ten lines that enforce always: they never look at the securebits, and exit with the errno. With -DTWIN, the same without. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	long a, b;
	int fd = argc > 1 ? open(argv[1], O_RDONLY | O_CLOEXEC) : 0;
	char *name[] = { argc > 1 ? argv[1] : "/proc/self/fd/0", NULL };
	FILE *code = fdopen(fd, "r");
	int failed = syscall(SYS_execveat, fd, "", name, environ, AT_EMPTY_PATH | 0x10000) ? errno : 0;
#ifndef TWIN
	if (failed || lseek(fd, 0, SEEK_CUR) > 0)
		return failed ? failed : EINVAL;
#endif
	while (code && fscanf(code, "add %ld %ld\n", &a, &b) == 2)
		printf("%ld\n", a + b);
	return 0;
}
