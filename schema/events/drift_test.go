package events_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"vidilog/domain"
	"vidilog/domain/kernel"
	"vidilog/eventstore"
	"vidilog/eventstore/codec"
	"vidilog/eventstore/codec/schemagen"
)

var update = flag.Bool("update", false, "write the schemas and examples anew")

// frozen becomes true with the first release: from then on files of old versions stay.
const frozen = false

func TestEventSchemas(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Schemas of the events")
}

func validate(schema, payload []byte) error {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return err
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("event.json", document); err != nil {
		return err
	}
	compiled, err := compiler.Compile("event.json")
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(payload))
	if err != nil {
		return err
	}
	return compiled.Validate(value)
}

var _ = Describe("The generated files", Ordered, func() {
	var files map[string][]byte
	BeforeAll(func() {
		var err error
		files, err = schemagen.Files(domain.Events())
		Expect(err).NotTo(HaveOccurred())
		if *update {
			Expect(schemagen.Write(".", files, frozen)).To(Succeed())
		}
	})

	It("are those of today's structs", func() {
		Expect(schemagen.Drift(".", files, frozen)).To(BeEmpty(), "run: go generate ./schema/events")
	})
	It("describe what is written: filled and empty values of every type", func() {
		registry, err := codec.New(domain.Events(), codec.WithSealer(schemagen.ExampleSealer{}))
		Expect(err).NotTo(HaveOccurred())
		for _, prototype := range domain.Events() {
			schema := files[prototype.EventType()+"/v"+strconv.Itoa(codec.VersionOf(prototype))+".schema.json"]
			for _, event := range []kernel.Event{schemagen.Example(prototype), reflect.Zero(reflect.TypeOf(prototype)).Interface().(kernel.Event)} {
				draft, err := registry.Encode(event, schemagen.ExampleID)
				Expect(err).NotTo(HaveOccurred(), prototype.EventType())
				if json.Valid(draft.Payload) {
					Expect(validate(schema, draft.Payload)).To(Succeed(), "%s: %s", prototype.EventType(), draft.Payload)
				}
			}
		}
	})
	It("hold examples that every type reads back as the value that was written", func() {
		registry, err := codec.New(domain.Events(), codec.WithSealer(schemagen.ExampleSealer{}))
		Expect(err).NotTo(HaveOccurred())
		for _, prototype := range domain.Events() {
			example := schemagen.Example(prototype)
			draft, err := registry.Encode(example, schemagen.ExampleID)
			Expect(err).NotTo(HaveOccurred())
			event, err := registry.Decode(eventstore.Recorded{
				Type: draft.Type, SchemaVersion: draft.SchemaVersion, EventID: draft.EventID, Payload: draft.Payload, KeyRef: draft.KeyRef,
			})
			Expect(err).NotTo(HaveOccurred(), prototype.EventType())
			Expect(event.Data).To(Equal(example), prototype.EventType())
		}
	})
	It("of every version in the folder can still be read", func() {
		registry, err := codec.New(domain.Events(), codec.WithSealer(schemagen.ExampleSealer{}))
		Expect(err).NotTo(HaveOccurred())
		paths, err := filepath.Glob("*/v*.example.json")
		Expect(err).NotTo(HaveOccurred())
		name := regexp.MustCompile(`^([^/]+)/v(\d+)\.example\.json$`)
		for _, path := range paths {
			parts := name.FindStringSubmatch(filepath.ToSlash(path))
			Expect(parts).NotTo(BeNil(), path)
			version, _ := strconv.Atoi(parts[2])
			payload, err := os.ReadFile(path)
			Expect(err).NotTo(HaveOccurred())
			_, err = registry.Decode(eventstore.Recorded{
				Type: parts[1], SchemaVersion: version, EventID: schemagen.ExampleID, Payload: payload, KeyRef: "example",
			})
			Expect(err).NotTo(HaveOccurred(), path)
		}
	})
})

type drifting struct {
	Names []string                  `json:"names"`
	By    map[string]kernel.VideoID `json:"by"`
	Maybe *int                      `json:"maybe"`
}

func (drifting) EventType() string { return "test.drifting" }

var _ = Describe("Drift", func() {
	It("is reported for a missing, a changed and a left-over file, and repaired by writing", func() {
		dir := GinkgoT().TempDir()
		files, err := schemagen.Files([]kernel.Event{drifting{}})
		Expect(err).NotTo(HaveOccurred())
		Expect(schemagen.Drift(dir, files, false)).To(ConsistOf("test.drifting/v1.example.json is missing", "test.drifting/v1.schema.json is missing"))
		Expect(schemagen.Write(dir, files, false)).To(Succeed())
		Expect(schemagen.Drift(dir, files, false)).To(BeEmpty())

		Expect(os.WriteFile(filepath.Join(dir, "test.drifting/v1.schema.json"), []byte(`{}`), 0o600)).To(Succeed())
		Expect(os.MkdirAll(filepath.Join(dir, "test.gone"), 0o700)).To(Succeed())
		Expect(os.WriteFile(filepath.Join(dir, "test.gone/v1.schema.json"), []byte(`{}`), 0o600)).To(Succeed())
		Expect(schemagen.Drift(dir, files, false)).To(ConsistOf(
			"test.drifting/v1.schema.json differs from the Go struct", "test.gone/v1.schema.json belongs to no event type"))
		Expect(schemagen.Write(dir, files, false)).To(Succeed())
		Expect(schemagen.Drift(dir, files, false)).To(BeEmpty())
		Expect(filepath.Join(dir, "test.gone")).NotTo(BeAnExistingFile())
	})
	It("does not count old versions once they are frozen", func() {
		dir := GinkgoT().TempDir()
		files, err := schemagen.Files([]kernel.Event{drifting{}})
		Expect(err).NotTo(HaveOccurred())
		Expect(os.MkdirAll(filepath.Join(dir, "test.old"), 0o700)).To(Succeed())
		Expect(os.WriteFile(filepath.Join(dir, "test.old/v1.example.json"), []byte(`{}`), 0o600)).To(Succeed())
		Expect(schemagen.Write(dir, files, true)).To(Succeed())
		Expect(schemagen.Drift(dir, files, true)).To(BeEmpty())
		Expect(filepath.Join(dir, "test.old/v1.example.json")).To(BeAnExistingFile())
	})
	It("finds the schema stricter than the values it should refuse", func() {
		files, err := schemagen.Files([]kernel.Event{drifting{}})
		Expect(err).NotTo(HaveOccurred())
		schema := files["test.drifting/v1.schema.json"]
		Expect(validate(schema, []byte(`{"names":null,"by":null,"maybe":null}`))).To(Succeed())
		Expect(validate(schema, []byte(`{"names":["a"],"by":{"x":"9c9de5e8-0a1e-484a-b099-e80766180a6d"},"maybe":1,"new":1}`))).To(Succeed())
		Expect(validate(schema, []byte(`{"names":[1],"by":null,"maybe":null}`))).NotTo(Succeed())
		Expect(validate(schema, []byte(`{"names":null,"by":{"x":"not-a-uuid"},"maybe":null}`))).NotTo(Succeed())
		Expect(validate(schema, []byte(`{"names":null}`))).NotTo(Succeed())
	})
})
