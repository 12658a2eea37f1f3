package instance

import "net/url"

// PathOf takes the path of an address that the instance gives for its own things: its host is the configured one, which need
// not lead here.
func PathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.EscapedPath()
}
