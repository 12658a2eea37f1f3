package httpx

import "net/netip"

// refusedNetworks are the parts of the address space that a server of the open internet never has (the special-purpose
// registries of IANA, RFC 6890 and its updates).
var refusedNetworks = parseNetworks(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
	"192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
	"224.0.0.0/4", "240.0.0.0/4",
	"::/96", "100::/64", "64:ff9b:1::/48", "2001::/32", "2001:db8::/32", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)

var (
	nat64  = netip.MustParsePrefix("64:ff9b::/96")
	sixTo4 = netip.MustParsePrefix("2002::/16")
)

func parseNetworks(texts ...string) []netip.Prefix {
	networks := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		networks[i] = netip.MustParsePrefix(text)
	}
	return networks
}

// IsPublic tells whether an address may belong to a server of the open internet. IPv4 addresses wrapped in IPv6 (mapped,
// NAT64, 6to4) are judged by what is inside.
func IsPublic(address netip.Addr) bool {
	address = address.Unmap().WithZone("")
	if !address.IsValid() {
		return false
	}
	if address.Is6() {
		bytes := address.As16()
		switch {
		case nat64.Contains(address):
			return IsPublic(netip.AddrFrom4([4]byte(bytes[12:16])))
		case sixTo4.Contains(address):
			return IsPublic(netip.AddrFrom4([4]byte(bytes[2:6])))
		}
	}
	for _, network := range refusedNetworks {
		if network.Contains(address) {
			return false
		}
	}
	return true
}
