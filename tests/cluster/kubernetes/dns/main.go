// CoreDNS with the plugins that ../../node/Corefile uses, and no others.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/kubernetes"
)

func main() {
	// In the order in which they see a request.
	dnsserver.Directives = []string{"errors", "kubernetes"}
	coremain.Run()
}
