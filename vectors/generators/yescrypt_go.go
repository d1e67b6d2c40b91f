// Prints what github.com/openwall/yescrypt-go makes of lines "hexadecimal password, blank, setting".
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"github.com/openwall/yescrypt-go"
)

func main() {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		fields := strings.SplitN(lines.Text(), " ", 2)
		password, err := hex.DecodeString(fields[0])
		if err != nil {
			panic(err)
		}
		digest, err := yescrypt.Hash(password, []byte(fields[1]))
		if err != nil {
			panic(err)
		}
		fmt.Println(string(digest))
	}
}
