/* SPDX-License-Identifier: MIT-0 */
/*
 * A tiny calculator that obeys: whichever way its code comes in, enlighten.h admits it.
 *
 * A program is made of lines: `print 1 + 2 * 3`, `import "PATH"` (admitted each time, run once), `# comment`.
 * CALC_STARTUP names a file that is run first.
 */
#include "enlighten.h"

struct module {
	struct enlighten code;
	struct module *next;
};

static struct module *modules;

static int complain(const char *name, int line, const char *what)
{
	fprintf(stderr, "calc: ");
	for (; *name; name++)
		fputc(*name < ' ' || *name > '~' ? '?' : *name, stderr);
	fprintf(stderr, ":%d: %s\n", line, what);
	return -1;
}

static int refused(struct enlighten *code)
{
	fprintf(stderr, "calc: %s\n", code->why);
	return -1;
}

static const char *skip(const char *at)
{
	return at + strspn(at, " \t");
}

/* Each of the following moves *at behind what it has read, and returns what is wrong with it, or NULL. */
static const char *number(const char **at, long long *value)
{
	const char *first = *at = skip(*at);

	for (*value = 0; **at >= '0' && **at <= '9'; ++*at)
		if (__builtin_mul_overflow(*value, 10, value) || __builtin_add_overflow(*value, **at - '0', value))
			return "a number is too large";
	return *at == first ? "a number is missing" : NULL;
}

static const char *product(const char **at, long long *value)
{
	const char *wrong = number(at, value);
	long long next;

	while (!wrong && *(*at = skip(*at)) == '*') {
		++*at;
		wrong = number(at, &next);
		if (!wrong && __builtin_mul_overflow(*value, next, value))
			return "the result is too large";
	}
	return wrong;
}

static const char *sum(const char **at, long long *value)
{
	const char *wrong = product(at, value);
	long long next;
	char sign;

	while (!wrong && ((sign = *(*at = skip(*at))) == '+' || sign == '-')) {
		++*at;
		wrong = product(at, &next);
		if (!wrong && (sign == '+' ? __builtin_add_overflow(*value, next, value) :
					     __builtin_sub_overflow(*value, next, value)))
			return "the result is too large";
	}
	return wrong;
}

static int run(const char *name, const char *text, size_t size);

static int import(const char *path)
{
	struct module *seen, *module = malloc(sizeof(*module));

	if (!module)
		abort();
	if (enlighten_admit(&module->code, path, NULL, 1)) {
		refused(&module->code);
		free(module);
		return -1;
	}
	/* Only now: the same file may be executable by one path, and not by another. */
	for (seen = modules; seen; seen = seen->next)
		if (seen->code.stat.st_dev == module->code.stat.st_dev && seen->code.stat.st_ino == module->code.stat.st_ino) {
			enlighten_free(&module->code);
			free(module);
			return 0;
		}
	module->next = modules;
	modules = module;
	return run(path, module->code.text, module->code.size);
}

static int statement(const char *name, int number, const char *line)
{
	const char *at = skip(line), *end, *wrong;
	char *path;
	long long value;
	int failed;

	if (*at == 0 || *at == '#')
		return 0;
	if (!strncmp(at, "print ", 6)) {
		at += 6;
		wrong = sum(&at, &value);
		if (wrong || *skip(at))
			return complain(name, number, wrong ? wrong : "something follows the sum");
		return printf("%lld\n", value) < 0 ? complain(name, number, strerror(errno)) : 0;
	}
	if (!strncmp(at, "import \"", 8) && (end = strchr(at += 8, '"')) && !*skip(end + 1)) {
		path = strndup(at, end - at);
		failed = import(path);
		free(path);
		return failed;
	}
	return complain(name, number, "neither print SUM, nor import \"PATH\", nor a comment");
}

static int run(const char *name, const char *text, size_t size)
{
	const char *end = text + size, *next;
	int number = 1, failed = 0;

	for (; !failed && text < end; text = next + 1, number++) {
		next = memchr(text, '\n', end - text);
		if (!next)
			next = end;
		char *line = strndup(text, next - text);
		if (!line)
			abort();
		if (strlen(line) != (size_t)(next - text))
			failed = complain(name, number, "a NUL byte");
		else
			failed = statement(name, number, line);
		free(line);
	}
	return failed;
}

static int prompt(void)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t size;

	while (fputs("calc> ", stderr), (size = getline(&line, &room, stdin)) > 0) {
		run("standard input", line, size); /* an error ends the statement, not the session */
		fflush(stdout);
	}
	fputc('\n', stderr);
	free(line);
	return 0;
}

int main(int argc, char **argv)
{
	int is_snippet = argc > 2 && !strcmp(argv[1], "-c"), prompts = argc == 1 && isatty(0) && isatty(2), failed;
	const char *startup = getenv("CALC_STARTUP"), *name = argc == 1 ? "standard input" : argv[1];
	struct enlighten code, first;

	if (argc > 1 && *argv[1] == '-' && !is_snippet) {
		fprintf(stderr, "usage: calc [-c TEXT | FILE] [ARGUMENT...]\n");
		return 2;
	}
	/* All of it is admitted before any of it runs. */
	if (is_snippet ? enlighten_snippet(&code, name) :
	    argc == 1 ? enlighten_admit(&code, NULL, NULL, !prompts) : enlighten_admit(&code, name, argv + 1, 1))
		failed = refused(&code);
	else if (startup && enlighten_admit(&first, startup, NULL, 1))
		failed = refused(&first);
	else if (startup && run(startup, first.text, first.size))
		failed = -1;
	else if (prompts)
		failed = prompt();
	else
		failed = is_snippet ? run(name, argv[2], strlen(argv[2])) : run(name, code.text, code.size);
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "calc: cannot write: %s\n", strerror(errno));
		return 1;
	}
	return failed ? 1 : 0;
}
