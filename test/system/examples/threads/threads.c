/*
 * Prints how many of 300 threads cannot be created for EAGAIN while another thread admits a file that passes, again and
 * again: `threads plain FILE` with pthread_create, `threads kept FILE` by the way of enlighten.h.
 */
#include "enlighten.h"

static volatile int ended;

static void *admit(void *path)
{
	struct enlighten code;

	while (!ended) {
		if (enlighten_admit(&code, path, NULL, 1))
			abort();
		enlighten_free(&code);
	}
	return NULL;
}

static void *end(void *nothing)
{
	return nothing;
}

int main(int argc, char **argv)
{
	int is_plain = argc == 3 && !strcmp(argv[1], "plain"), error, failed = 0;
	pthread_t admitting, created;

	if (pthread_create(&admitting, NULL, admit, argv[2]))
		abort();
	for (int i = 0; i < 300; i++) {
		error = (is_plain ? pthread_create : enlighten_pthread_create)(&created, NULL, end, NULL);
		if (error != 0 && error != EAGAIN)
			abort();
		failed += error != 0;
		if (!error)
			pthread_join(created, NULL);
	}
	ended = 1;
	pthread_join(admitting, NULL);
	printf("%d\n", failed);
	return 0;
}
