package crash_test

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"vidilog/test/e2e/instance"
)

const customConfiguration = "/api/v1/config/custom"

// changed is the configuration that administrators see, with one section changed.
func changed(ctx context.Context, section string, change map[string]any) (body string) {
	GinkgoHelper()
	var custom map[string]map[string]any
	Expect(root.Get(ctx, customConfiguration, &custom)).To(Succeed())
	for key, value := range change {
		custom[section][key] = value
	}
	text, err := json.Marshal(custom)
	Expect(err).NotTo(HaveOccurred())
	return string(text)
}

// customise changes one section of the configuration.
func customise(ctx context.Context, section string, change map[string]any) instance.Answer {
	GinkgoHelper()
	return expectCall(ctx, root, http.MethodPut, customConfiguration, changed(ctx, section, change))
}

var _ = Describe("A change of the configuration", func() {
	// inForce is the name of the instance that everybody sees.
	inForce := func(ctx context.Context) string {
		GinkgoHelper()
		var config struct{ Instance struct{ Name string } }
		Expect(root.Get(ctx, "/api/v1/config", &config)).To(Succeed())
		return config.Instance.Name
	}

	It("is in force after a crash exactly when it was recorded", func(ctx SpecContext) {
		start()
		name := inForce(ctx)
		for _, crash := range []struct {
			point      string
			isRecorded bool
		}{
			{"configuration.accepted", false},
			{"append.before-commit@2", false},
			{"append.after-commit@2", true},
			{"configuration.recorded", true},
		} {
			By(crash.point)
			start(killing(crash.point))
			Expect(inForce(ctx)).To(Equal(name), "what the start before has made of it")
			wanted := changed(ctx, "instance", map[string]any{"name": "Named at " + crash.point})
			Expect(dies(call(ctx, root, http.MethodPut, customConfiguration, wanted))).To(BeFalse())
			if crash.isRecorded {
				name = "Named at " + crash.point
			}
		}

		restart(ctx)
		Expect(inForce(ctx)).To(Equal("Named at configuration.recorded"))
		expectNothingLeftToDo(ctx)
		Expect(inForce(ctx)).To(Equal("Named at configuration.recorded"))
	}, SpecTimeout(3*time.Minute))
})
