package archtest

// The ports of the event store: what the rest of the program knows of the log. Adapters (memory, postgres) are behind them.
var ports = []string{"eventstore", "eventstore/codec", "eventstore/upcast", "eventstore/tail"}

// Libraries that only tests are built with.
var testLibraries = []string{"github.com/onsi/ginkgo/v2", "github.com/onsi/gomega", "pgregory.net/rapid", "go.uber.org/goleak"}

// What a pure package must not import: each of these reads or changes the world, and a decision that depends on it cannot
// be replayed. (The clock is a function of package time, which pure packages need for its types; the linter forbids time.Now.)
var impure = []string{
	"crypto/rand", "database/sql", "io/fs", "io/ioutil", "log", "log/slog", "math/rand", "math/rand/v2", "net",
	"net/http", "net/smtp", "os", "os/exec", "os/signal", "os/user", "path/filepath", "plugin", "runtime/debug", "syscall",
	"unsafe",
}

// Table is who may import whom. The first row that matches a package counts, so the special stand before the general.
var Table = []Row{
	// domain
	{
		Name: "domain/kernel", Libraries: only("github.com/google/uuid"), Pure: true,
		Why: "the kernel is under everything; what it imported, everything would",
	},
	{
		Name: "domain/domaintest", May: []string{"domain/kernel"}, Libraries: only(testLibraries...), ForTests: true,
		Why: "given/when/then for the tests of the domain",
	},
	{
		Name: "domain/transcoding", May: []string{"domain/kernel"}, Libraries: only("github.com/google/uuid"), Pure: true,
		Why: "the rules of resolutions, bit rates and file names: the one vocabulary that aggregates share with ffmpeg's workers",
	},
	{
		Name: "domain/actor", May: []string{"domain/kernel"}, Libraries: only(), Pure: true,
		Why: "what accounts and channels have in common as actors: names, texts, images",
	},
	{
		Name: "domain/process/...", May: []string{"domain/..."}, Libraries: only("github.com/google/uuid"), Pure: true,
		Why: "a process manager sees the event, its own fold and facts carried in events; anything else would not replay",
	},
	{
		Name: "domain/job", May: []string{"domain/kernel", "domain/transcoding", "domain/video"}, Libraries: only("github.com/google/uuid"), Pure: true,
		Why: "the result of a job is a rendition, in the video's own words; the video knows of no job",
	},
	{
		Name: "domain/*", May: []string{"domain/kernel", "domain/transcoding", "domain/actor"}, Libraries: only("github.com/google/uuid"), Pure: true,
		Why: "an aggregate decides from its own state; what it needs of another comes in as an argument or by a process",
	},
	{
		Name: "domain", May: []string{"domain/..."}, Libraries: only("github.com/google/uuid"), Pure: true,
		Why: "the registry of all event types, for the codec",
	},

	// event store
	{
		Name: "eventstore/memory", May: with(ports, "domain/kernel"), Libraries: only("github.com/google/uuid", "github.com/goccy/go-json"),
		Why: "an adapter: it knows the ports and no other adapter",
	},
	{
		Name: "eventstore/storetest/...", May: with(ports, "domain/kernel"), ForTests: true,
		Why: "the conformance suite of all adapters, so it must not know one of them",
	},
	{
		Name: "eventstore/codec", May: with(ports, "domain/kernel"), Libraries: only("github.com/google/uuid", "github.com/goccy/go-json"),
		Why: "a port: bytes of an event; which types there are is told to it",
	},
	{
		Name: "eventstore/upcast", May: with(ports, "domain/kernel"), Libraries: only("github.com/google/uuid", "github.com/goccy/go-json"),
		Why: "a port: pure functions from an old payload to a newer one",
	},
	{
		Name: "eventstore/tail", May: with(ports, "domain/kernel"), Libraries: only("github.com/google/uuid"),
		Why: "reading in order, once per process, on any adapter",
	},
	{
		Name: "eventstore", May: with(ports, "domain/kernel"), Libraries: only("github.com/google/uuid", "github.com/goccy/go-json"),
		Why: "ports and envelope; the store carries events of any kind and knows none",
	},
	{
		Name: "eventstore/...", May: []string{"domain/kernel", "schema/...", "internal/failpoint", "internal/telemetry"},
		Why: "the only place with SQL on the event tables: postgres, keys, seal, bus",
	},

	// deciding and showing
	{
		Name: "commands/commandstest", May: with(ports, "commands/...", "domain/...", "eventstore/memory"),
		ForTests: true,
		Why:      "a bus over a log in memory, for the tests of commands and of what runs them",
	},
	{
		Name: "commands/...", May: with(ports, "domain/..."),
		Why: "a command loads streams, lets the domain decide and appends; no read model (it lags) and no effect (it would repeat)",
	},
	{
		Name: "projections/engine/...", May: with(ports, "eventstore/tail", "domain/kernel", "schema/...", "internal/failpoint", "internal/telemetry"),
		Why: "the engine runs any reducer and knows no model",
	},
	{
		Name: "projections/*/...", May: with(ports, "domain/...", "projections/engine/..."),
		Why: "a read model is made from events alone, and never from another model: each is rebuilt by itself",
	},

	// working
	{
		Name: "workers/media/mediatest", May: []string{"domain/transcoding", "workers/media"}, ForTests: true,
		Why: "small films for tests",
	},
	{
		Name: "workers/media/...", May: []string{"domain/kernel", "domain/transcoding", "internal/failpoint"}, Libraries: only(),
		Why: "ffmpeg and files: what a runner on another machine could do with what the job tells it",
	},
	{
		Name: "workers/...", May: with(ports, "domain/...", "commands/...", "internal/..."),
		Why: "workers act on events and report by commands; of read models they know only the port to wait for one",
	},
	{
		Name: "federation/...", May: []string{"domain/...", "commands/...", "projections/...", "internal/..."},
		Why: "an edge: it reads models and sends commands, and never the log",
	},
	{
		Name: "api/apitest", May: with(ports, "domain/...", "commands/...", "projections/...", "internal/...", "api/..."), ForTests: true,
		Why: "a world for the tests of the edge: a log in memory, and the catalog that follows it",
	},
	{
		Name: "api/audit/...", May: with(ports, "domain/...", "commands/...", "projections/...", "internal/...", "api/..."),
		Why: "history, as-of and proofs are about the log itself: the one part of the edge that reads it",
	},
	{
		Name: "api/rest/jobs", May: []string{"domain/*", "commands/...", "projections/...", "internal/...", "api/...", "workers/queue"},
		Why: "the list of jobs is one face over media jobs and operational work, and the queue has the latter",
	},
	{
		Name: "api/...", May: []string{"domain/*", "commands/...", "projections/...", "federation/...", "internal/...", "eventstore"},
		Names: map[string][]string{"eventstore": {"Position"}},
		Why:   "a handler decodes into words of the domain, calls one command or query and encodes; only api/audit reads the log, others only say how far they have seen it",
	},

	// platform
	{
		Name: "internal/embedded/testpg", May: []string{"internal/...", "schema/migrations"}, ForTests: true,
		Why: "a real PostgreSQL for tests, with the operational schema where they ask for it",
	},
	{
		Name: "internal/embedded/testredis", May: []string{"internal/..."}, ForTests: true,
		Why: "a real Redis for tests",
	},
	{
		Name: "internal/httpx/...", May: []string{"domain/kernel", "internal/..."},
		Why: "turns the coded errors of the kernel into problem documents, once for all handlers",
	},
	{
		Name: "internal/archtest", Libraries: only(),
		Why: "the judge knows nobody",
	},
	{
		Name: "internal/...",
		Why:  "platform without domain knowledge: it could serve another program",
	},
	{
		Name: "client/...", Libraries: only(),
		Why: "the built web client as embedded files",
	},
	{
		Name: "schema/migrations", Libraries: only("github.com/pressly/goose/v3", "github.com/jackc/pgx/v5"),
		Why: "migrations as embedded files, and the one function that applies a set to a schema",
	},
	{
		Name: "schema/...", Libraries: only(),
		Why: "migrations and schemas as embedded files",
	},
	{
		Name: "cmd/...", May: []string{"..."},
		Why: "wiring: the one place that knows everybody",
	},
	{
		Name: "test/...", May: []string{"..."}, ForTests: true,
		Why: "tests of the whole, from outside",
	},
	{
		Name: "scripts/...", Libraries: only(),
		Why: "tools of the build; they run before anything else is known to compile",
	},
}

func only(libraries ...string) *[]string { return &libraries }

func with(patterns []string, more ...string) []string {
	return append(append([]string{}, patterns...), more...)
}
