package contract_test

import (
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"

	"vidilog/test/contract"
)

// Samples names a folder of kept answers of a PeerTube; see contract.LoadSample.
const Samples = "SAMPLES"

// TestKnown needs no server: what is known to differ from another document is shown by a PeerTube's own answers.
func TestKnown(t *testing.T) {
	g := NewWithT(t)
	known, err := contract.LoadKnown("deviations.yaml")
	g.Expect(err).NotTo(HaveOccurred(), "every entry has a recorded answer or a reason")
	file, folder := os.Getenv(OtherDocument), os.Getenv(Samples)
	if file == "" || folder == "" {
		t.Skip("no other document and samples: make contract CONTRACT=FILE SAMPLES=FOLDER")
	}
	other, err := contract.Load(file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(contract.SampleDeviations(t.Context(), other, known, folder)).To(BeEmpty())
}

// TestKnownIsChecked: a list that says nothing of where it was seen is refused, and a sample that shows something else is found.
func TestKnownIsChecked(t *testing.T) {
	g := NewWithT(t)
	folder := t.TempDir()
	list := filepath.Join(folder, "list.yaml")
	g.Expect(os.WriteFile(list, []byte("- {operation: GET /api/v1/ping, finding: x, request: r, recorded: a}"), 0o600)).To(Succeed())
	_, err := contract.LoadKnown(list)
	g.Expect(err).To(MatchError(ContainSubstring("neither a recorded answer nor a reason")))

	ours, err := contract.Ours()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(ours.Validate(t.Context())).To(Succeed())
	sample := `{"request":{"line":"GET /api/v1/users/me HTTP/1.1"},"response":{"status":200,"headers":["Content-Type: application/json"],"body":[]}}`
	g.Expect(os.WriteFile(filepath.Join(folder, "me.json"), []byte(sample), 0o600)).To(Succeed())
	entry := contract.Known{Operation: "GET /api/v1/users/me", Status: 200, Finding: "value must be an object", Samples: []string{"me"}}
	g.Expect(contract.SampleDeviations(t.Context(), ours, []contract.Known{entry}, folder)).To(BeEmpty())
	for _, other := range []contract.Known{
		{Operation: "GET /api/v1/users", Finding: "value must be an object", Samples: []string{"me"}},
		{Operation: "*", Finding: "is not nullable", Samples: []string{"me"}},
		{Operation: "*", Finding: "value must be an object", Samples: []string{"nowhere"}},
	} {
		g.Expect(contract.SampleDeviations(t.Context(), ours, []contract.Known{other}, folder)).To(HaveLen(1), other.Operation)
	}
}
