package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/api/rest/server"
	"vidilog/internal/config"
	"vidilog/projections/catalog"
)

func TestServer(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Statistics of the instance")
}

var _ = Describe("Statistics of reports", func() {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	took := 1234.5
	stats := func(shown bool, totals catalog.AbuseTotals) map[string]any {
		GinkgoHelper()
		var c config.Config
		c.Stats.Abuses.Enabled = shown
		api := &server.API{
			Config: func() *config.Config { return &c }, LimitClientLog: func(h http.Handler) http.Handler { return h },
			Numbers: server.Numbers{
				Totals: func(context.Context, time.Time) (t catalog.InstanceTotals, err error) { return t, nil },
				Abuses: func(_ context.Context, at time.Time) (catalog.AbuseTotals, error) {
					Expect(at).To(Equal(now))
					return totals, nil
				},
				Active: func(context.Context, ...time.Time) ([]int64, error) { return make([]int64, 3), nil },
				Now:    func() time.Time { return now },
			},
		}
		w := httptest.NewRecorder()
		api.Router().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/server/stats", nil))
		Expect(w.Code).To(Equal(http.StatusOK))
		answer := map[string]any{}
		Expect(json.Unmarshal(w.Body.Bytes(), &answer)).To(Succeed())
		return answer
	}

	It("are public", func() {
		answer := stats(true, catalog.AbuseTotals{Total: 3, Processed: 2, ResponseMilliseconds: &took})
		Expect(answer).To(And(HaveKeyWithValue("totalAbuses", 3.0), HaveKeyWithValue("totalAbusesProcessed", 2.0),
			HaveKeyWithValue("averageAbuseResponseTimeMs", took)))
	})
	It("know no time where nothing has been dealt with", func() {
		Expect(stats(true, catalog.AbuseTotals{Total: 3})).To(And(HaveKeyWithValue("totalAbuses", 3.0),
			HaveKeyWithValue("averageAbuseResponseTimeMs", BeNil())))
	})
	It("are kept back where the configuration says so", func() {
		answer := stats(false, catalog.AbuseTotals{Total: 3, Processed: 2, ResponseMilliseconds: &took})
		Expect(answer).To(And(HaveKeyWithValue("totalAbuses", BeNil()), HaveKeyWithValue("totalAbusesProcessed", BeNil()),
			HaveKeyWithValue("averageAbuseResponseTimeMs", BeNil())))
	})
})
