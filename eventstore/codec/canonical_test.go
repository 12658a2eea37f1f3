package codec_test

import (
	"encoding/json"
	"reflect"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/eventstore/codec"
)

var _ = DescribeTable("The canonical form", func(in, out string) {
	got, err := codec.Canonical([]byte(in))
	Expect(err).NotTo(HaveOccurred())
	Expect(string(got)).To(Equal(out))
},
	Entry("sorts members at every depth", ` { "b" : [ { "d":1 , "c" : 2 } ] , "a" : {} } `, `{"a":{},"b":[{"c":2,"d":1}]}`),
	Entry("sorts by the names themselves, not by their escapes", `{"b":1,"\u0061":2}`, `{"a":2,"b":1}`),
	Entry("escapes only what must be", `"\u003c\u00e9\/\u0001\u000A\u2028\"\\"`, "\"<é/\\u0001\\n\u2028\\\"\\\\\""),
	Entry("writes the shortest numbers", `[1.0,-0,-0.0,1e2,0.10,1E+30,9007199254740993,-12]`, `[1,0,0,100,0.1,1e+30,9007199254740993,-12]`),
	Entry("keeps literals", `[true,false,null,[],{},""]`, `[true,false,null,[],{},""]`),
)

var _ = DescribeTable("The canonical form refuses", func(in string) {
	_, err := codec.Canonical([]byte(in))
	Expect(err).To(HaveOccurred())
},
	Entry("what is not JSON", `{"a":}`),
	Entry("nothing", ``),
	Entry("a member twice, however written", `{"a":1,"\u0061":2}`),
	Entry("a number beyond float64", `1e999`),
)

func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{`{"b":1.50,"a":[null,"\u00e9\ud83d\ude00"]}`, `"\ud800"`, `[-0.0,1e-7]`, "\"\xff\""} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		once, err := codec.Canonical(in)
		if err != nil {
			return
		}
		twice, err := codec.Canonical(once)
		if err != nil || string(once) != string(twice) {
			t.Fatalf("not a fixed point: %q → %q → %q (%v)", in, once, twice, err)
		}
		var before, after any
		if json.Unmarshal(in, &before) == nil && json.Unmarshal(once, &after) == nil && !reflect.DeepEqual(before, after) {
			t.Fatalf("meaning changed: %q → %q", in, once)
		}
	})
}
