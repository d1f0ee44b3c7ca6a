// SPDX-License-Identifier: MIT-0

// A tiny calculator that obeys: whichever way its code comes in, enlighten.go admits it.
//
// A program is made of lines: `print 1 + 2 * 3`, `import "PATH"` (admitted each time, run once), `# comment`.
// CALC_STARTUP names a file that is run first.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"regexp"
	"strings"
	"syscall"
	"unsafe"
)

var printLine = regexp.MustCompile(`^print([ \t]+\d+[ \t]*(?:[-+*][ \t]*\d+[ \t]*)*)$`)
var importLine = regexp.MustCompile(`^import "([^"]*)"$`)
var modules []*Code

// told is an error that needs no name and line of ours: a refusal, or an error in a module.
type told struct{ error }

func run(name string, text []byte) error {
	for i, line := range bytes.Split(text, []byte("\n")) {
		err := statement(string(bytes.Trim(line, " \t")))
		if _, isTold := err.(told); err != nil && !isTold {
			shown := regexp.MustCompile("[^ -~]").ReplaceAllString(name, "?")
			return told{fmt.Errorf("%s:%d: %w", shown, i+1, err)}
		} else if err != nil {
			return err
		}
	}
	return nil
}

func statement(line string) error {
	if strings.Contains(line, "\x00") {
		return errors.New("a NUL byte")
	} else if line == "" || line[0] == '#' {
		return nil
	} else if sum := printLine.FindStringSubmatch(line); sum != nil {
		result, err := calculate(sum[1])
		if err == nil {
			_, err = fmt.Println(result)
		}
		return err
	} else if path := importLine.FindStringSubmatch(line); path != nil {
		return load(path[1])
	}
	return errors.New(`neither print SUM, nor import "PATH", nor a comment`)
}

func calculate(sum string) (*big.Int, error) {
	total := new(big.Int)
	for _, term := range regexp.MustCompile(`[-+]?[^-+]+`).FindAllString(sum, -1) {
		product := big.NewInt(1)
		for _, word := range strings.Split(strings.TrimLeft(term, "+-"), "*") {
			number, _ := new(big.Int).SetString(strings.Trim(word, " \t"), 10)
			if product.Mul(product, number); !product.IsInt64() {
				return nil, errors.New("the result is too large")
			}
		}
		if term[0] == '-' {
			product.Neg(product)
		}
		if total.Add(total, product); !total.IsInt64() {
			return nil, errors.New("the result is too large")
		}
	}
	return total, nil
}

func load(path string) error {
	code, err := AdmitFile(path)
	if err != nil {
		return told{err}
	}
	// Only now: the same file may be executable by one path, and not by another.
	for _, seen := range modules {
		if os.SameFile(seen.Info, code.Info) {
			return code.File.Close()
		}
	}
	modules = append(modules, code)
	return run(path, code.Text)
}

// prompt goes on after an error, which ends the statement alone.
func prompt() error {
	for input := bufio.NewReader(os.Stdin); ; {
		fmt.Fprint(os.Stderr, "calc> ")
		line, err := input.ReadBytes('\n')
		if wrong := run("standard input", line); wrong != nil {
			fmt.Fprintln(os.Stderr, "calc:", wrong)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr)
			if err == io.EOF {
				return nil
			}
			return err
		}
	}
}

func isTerminal(fd uintptr) bool {
	var state syscall.Termios
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, fd, syscall.TCGETS, uintptr(unsafe.Pointer(&state)))
	return errno == 0
}

func calc(args []string) error {
	// All of it is admitted before any of it runs.
	prompts := len(args) == 0 && isTerminal(0) && isTerminal(2)
	name, code, err := "standard input", (*Code)(nil), error(nil)
	if len(args) == 0 {
		code, err = AdmitStdin(!prompts)
	} else if name = args[0]; name == "-c" {
		code, err = &Code{Text: []byte(args[1])}, AdmitSnippet(name)
	} else {
		code, err = AdmitFile(name, args[1:]...)
	}
	if err != nil {
		return err
	}
	if path, isSet := os.LookupEnv("CALC_STARTUP"); isSet {
		startup, err := AdmitFile(path)
		if err != nil {
			return err
		}
		if err := run(path, startup.Text); err != nil {
			return err
		}
	}
	if prompts {
		return prompt()
	}
	return run(name, code.Text)
}

func main() {
	args := os.Args[1:]
	if len(args) > 0 && strings.HasPrefix(args[0], "-") && (args[0] != "-c" || len(args) == 1) {
		fmt.Fprintln(os.Stderr, "usage: calc [-c TEXT | FILE] [ARGUMENT...]")
		os.Exit(2)
	}
	if err := calc(args); err != nil {
		fmt.Fprintln(os.Stderr, "calc:", err)
		os.Exit(1)
	}
}
