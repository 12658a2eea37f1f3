package discovery_test

import (
	"strings"
	"testing"

	"vidilog/federation/discovery"
)

// FuzzParseAccount: a name that WebFinger takes out of a resource is all that stands between acct: and the host.
func FuzzParseAccount(f *testing.F) {
	for _, resource := range []string{
		"acct:ada@video.example", "acct:ada@VIDEO.example", "acct:@video.example", "acct:a@b@video.example", "acct:ada@video.example@", "https://video.example/accounts/ada", "acct:\x00@video.example",
	} {
		f.Add(resource, "video.example")
	}
	f.Fuzz(func(t *testing.T, resource, host string) {
		name, isOurs := discovery.ParseAccount(resource, host)
		if !isOurs {
			return
		}
		if name == "" || strings.Contains(name, "@") || !strings.EqualFold(resource, "acct:"+name+"@"+host) {
			t.Fatalf("%q at %q names %q", resource, host, name)
		}
	})
}
