// SPDX-License-Identifier: MIT-0

// Admission of code, for an interpreter that obeys AT_EXECVE_CHECK and the exec securebits (Linux 6.14): opens, checks,
// decides and reads as one act. Let nothing else read code. An error says why nothing may run, and what to do about it.
//
// Threads: while a thread makes a check that passes, none that shares its working directory can create another: EAGAIN,
// of which Go 1.19 dies. The runtime creates threads when it likes: so one that shares no directory makes all checks.
package main

import (
	"errors"
	"io"
	"os"
	"regexp"
	"runtime"
	"syscall"
	"unsafe"
)

const (
	restrict        = 1 << 8           // SECBIT_EXEC_RESTRICT_FILE
	deny            = 1 << 10          // SECBIT_EXEC_DENY_INTERACTIVE
	checkFlags      = 0x1000 | 0x10000 // AT_EMPTY_PATH | AT_EXECVE_CHECK
	prGetSecurebits = 27
	notWhole        = syscall.Errno(1 << 16) // in place of an errno: no file holds just this text
	maxBytes        = 32 << 20               // /dev/zero has no end
)

var sysExecveat = map[string]uintptr{"amd64": 322, "386": 358, "arm": 387, "arm64": 281, "riscv64": 281, "loong64": 281,
	"ppc64le": 362, "s390x": 354}[runtime.GOARCH]
var bitNames = map[uintptr]string{restrict: "SECBIT_EXEC_RESTRICT_FILE", deny: "SECBIT_EXEC_DENY_INTERACTIVE",
	restrict | deny: "SECBIT_EXEC_RESTRICT_FILE and SECBIT_EXEC_DENY_INTERACTIVE"}
var names = map[syscall.Errno]string{syscall.E2BIG: "E2BIG", syscall.EACCES: "EACCES", syscall.EBADF: "EBADF",
	syscall.EFBIG: "EFBIG", syscall.EINVAL: "EINVAL", syscall.EISDIR: "EISDIR", syscall.ENOENT: "ENOENT",
	syscall.ENOSYS: "ENOSYS", syscall.EMFILE: "EMFILE", syscall.EPERM: "EPERM", syscall.ETXTBSY: "ETXTBSY"}
var hints = map[syscall.Errno]string{syscall.ETXTBSY: "\nhint: close it where it is open for writing",
	syscall.EACCES: "\nhint: if you trust it: chmod +x; a pipe, a terminal or a file on a noexec mount never passes"}
var kinds = map[os.FileMode]string{0: "regular file", os.ModeDir: "directory", os.ModeNamedPipe: "pipe",
	os.ModeSocket: "socket", os.ModeDevice: "device", os.ModeDevice | os.ModeCharDevice: "terminal or device"}
var checks = make(chan func())

func init() {
	go func() {
		runtime.LockOSThread()            // for ever; it is not the main thread, which is taken while init runs
		syscall.Unshare(syscall.CLONE_FS) // where a filter denies this, have Go 1.20: it tries again on EAGAIN
		for check := range checks {
			check()
		}
	}()
	checks <- func() {}
}

// Code is what was admitted. Until File is closed, os.SameFile is true of no other file's Info.
type Code struct {
	Text []byte
	File *os.File
	Info os.FileInfo
}

// AdmitFile admits a script, a module or a startup file. args: what it would be executed with, behind its path.
func AdmitFile(path string, args ...string) (*Code, error) {
	file, err := os.OpenFile(path, syscall.O_NOCTTY, 0) // os adds O_CLOEXEC
	if err != nil {
		return nil, failure(path, "cannot open", err, "")
	}
	code, err := admit(path, file, file.Fd(), restrict, append([]string{path}, args...), true)
	if err != nil {
		file.Close()
	}
	return code, err
}

// AdmitStdin admits standard input. reads: false for a prompt, whose text is yet to be typed.
func AdmitStdin(reads bool) (*Code, error) {
	return admit("standard input", os.Stdin, 0, deny, []string{"/proc/self/fd/0"}, reads)
}

// AdmitSnippet admits text that is in no file, such as that of -c.
func AdmitSnippet(name string) error {
	hint := "\nhint: put the code into an executable file and run that"
	return decide(name, deny, notWhole, "code that is in no file", hint)
}

func admit(name string, file *os.File, fd, under uintptr, argv []string, reads bool) (*Code, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, failure(name, "cannot read", err, "")
	}
	check := execveatCheck(fd, argv) // in every mode, and before the first byte is read
	code, reader := &Code{nil, file, info}, io.Reader(file)
	what, hint := "a "+kinds[info.Mode().Type()]+" that the kernel would not execute", hints[check]
	if under == deny && check == 0 {
		reader = io.NewSectionReader(file, 0, maxBytes+1) // from its beginning, wherever others move what they share
		if at, err := file.Seek(0, io.SeekCurrent); at != 0 || err != nil {
			check, reader, what = notWhole, file, "a part of a file that the kernel would execute as a whole"
			hint = "\nhint: give the file from its beginning: something has read of it before"
		}
	}
	if !info.Mode().IsRegular() {
		under |= deny // the path of a pipe or terminal brings user commands, by another name
	}
	if err := decide(name, under, check, what, hint); err != nil || !reads {
		return code, err
	}
	if code.Text, err = io.ReadAll(io.LimitReader(reader, maxBytes+1)); len(code.Text) > maxBytes {
		err = syscall.EFBIG
	}
	if reader != file && err == nil {
		_, err = file.Seek(int64(len(code.Text)), io.SeekStart) // where reading would have left it
	}
	if err != nil {
		return nil, failure(name, "cannot read", err, "")
	}
	return code, nil
}

func execveatCheck(fd uintptr, argv []string) syscall.Errno {
	argp, err := syscall.SlicePtrFromStrings(argv)
	envp, wrong := syscall.SlicePtrFromStrings(os.Environ())
	if sysExecveat == 0 || err != nil || wrong != nil {
		return syscall.ENOSYS
	}
	answer := make(chan syscall.Errno)
	checks <- func() {
		_, _, errno := syscall.Syscall6(sysExecveat, fd, uintptr(unsafe.Pointer(new(byte))),
			uintptr(unsafe.Pointer(&argp[0])), uintptr(unsafe.Pointer(&envp[0])), checkFlags, 0)
		answer <- errno
	}
	return <-answer
}

func decide(name string, under uintptr, check syscall.Errno, what, hint string) error {
	bits, _, errno := syscall.RawSyscall6(syscall.SYS_PRCTL, prGetSecurebits, 0, 0, 0, 0, 0) // of the calling thread
	if errno != 0 {
		return failure(name, "nothing runs, as the securebits cannot be known", errno, "")
	}
	if check == 0 || bits&under == 0 {
		return nil
	}
	return failure(name, "refused: "+what, check, ", under "+bitNames[bits&under]+hint)
}

func failure(name, what string, err error, more string) error {
	var errno syscall.Errno
	if errors.As(err, &errno) && errno != notWhole {
		what += ": " + names[errno] + " (" + errno.Error() + ")"
	}
	// What does not print, a terminal could obey.
	return errors.New(regexp.MustCompile("[^ -~]").ReplaceAllString(name, "?") + ": " + what + more)
}
