// Lets the runtime create 300 threads while checks that pass are made, again and again: `threads plain FILE` makes them
// on whichever thread there is, and Go 1.19 dies of it; `threads kept FILE` makes them by the way of enlighten.go.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"unsafe"
)

func main() {
	file, err := os.Open(os.Args[2])
	if err != nil {
		panic(err)
	}
	argv, _ := syscall.SlicePtrFromStrings([]string{os.Args[2]})
	check := func() syscall.Errno {
		_, _, errno := syscall.Syscall6(sysExecveat, file.Fd(), uintptr(unsafe.Pointer(new(byte))),
			uintptr(unsafe.Pointer(&argv[0])), uintptr(unsafe.Pointer(&argv[1])), checkFlags, 0)
		return errno
	}
	if os.Args[1] == "kept" {
		check = func() syscall.Errno { return execveatCheck(file.Fd(), []string{os.Args[2]}) }
	}
	var ended int32
	var all sync.WaitGroup
	all.Add(1)
	go func() {
		defer all.Done()
		for atomic.LoadInt32(&ended) == 0 {
			if errno := check(); errno != 0 {
				panic(errno)
			}
		}
	}()
	for i := 0; i < 300; i++ {
		done := make(chan bool)
		// A goroutine that ends on a thread that it has locked takes the thread with it.
		go func() { runtime.LockOSThread(); done <- true }()
		<-done
	}
	atomic.StoreInt32(&ended, 1)
	all.Wait()
	fmt.Println(0)
}
