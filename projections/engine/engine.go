package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"

	"vidilog/schema/migrations"
)

// Options of an engine; the zero value is right for a small server.
type Options struct {
	Logger *slog.Logger // slog.Default when nil
	// Registerer takes the metrics, none when nil.
	Registerer prometheus.Registerer
	// Tracer sees the queries of readers, not those of runners.
	Tracer pgx.QueryTracer
	// Progress hears about builds at start; Rebuild and Verify take their own. It is called from one goroutine at a time.
	Progress func(Progress)
	// MaxConnections bounds the readers' pool of one model; 8 when 0.
	MaxConnections int32
	// LiveMemory bounds the rows that the runner of one model keeps in memory, in bytes; 4 MiB when 0.
	LiveMemory int
	// BuildMemory bounds the rows that a build keeps in memory before it writes them, in bytes; 128 MiB when 0.
	BuildMemory int
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if o.MaxConnections == 0 {
		o.MaxConnections = 8
	}
	if o.LiveMemory == 0 {
		o.LiveMemory = 4 << 20
	}
	if o.BuildMemory == 0 {
		o.BuildMemory = 128 << 20
	}
	return o
}

// Engine keeps read models and gives them to their readers. Its methods may be called from any goroutine.
type Engine struct {
	options     Options
	database    database
	registry    registry
	source      Source
	definitions []Definition
	models      map[string]*model
	metrics     *metrics

	running  context.Context // ends the runners
	stop     context.CancelFunc
	draining sync.WaitGroup // pools of builds that were replaced
	follower sync.WaitGroup
	closing  sync.Once
}

// Connect opens the registry in the database at dsn, creating or migrating it. Nothing runs yet: the command line rebuilds,
// verifies and looks at models from here.
func Connect(ctx context.Context, dsn string, source Source, definitions []Definition, options Options) (*Engine, error) {
	models := make(map[string]*model, len(definitions))
	for _, d := range definitions {
		if err := d.Validate(); err != nil {
			return nil, err
		}
		if models[d.Name] != nil {
			return nil, fmt.Errorf("read model %s is defined twice", d.Name)
		}
		models[d.Name] = &model{definition: d, db: &DB{model: d.Name}}
	}
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("read models: %w", err)
	}
	db := database{config: config.Copy()}
	if err := migrations.Apply(ctx, config.ConnConfig, RegistrySchema, migrations.Engine, "engine"); err != nil {
		return nil, fmt.Errorf("read models: %w", err)
	}
	config.ConnConfig = db.configFor(RegistrySchema, "read models", nil)
	config.MaxConns, config.MinConns = 4, 0
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("read models: %w", err)
	}
	e := &Engine{
		options: options.withDefaults(), database: db, registry: registry{pool}, source: source, definitions: definitions,
		models: models, metrics: newMetrics(),
	}
	e.running, e.stop = context.WithCancel(context.Background())
	return e, nil
}

// Open connects and starts.
func Open(ctx context.Context, dsn string, source Source, definitions []Definition, options Options) (*Engine, error) {
	e, err := Connect(ctx, dsn, source, definitions, options)
	if err != nil {
		return nil, err
	}
	if err := e.Start(ctx); err != nil {
		e.Close()
		return nil, err
	}
	return e, nil
}

// Start serves all models: a model without a build of this program's version is built first, which options.Progress shows.
// Afterwards the runners follow the log, and builds that another process makes live are taken over within a second.
func (e *Engine) Start(ctx context.Context) error {
	if e.options.Registerer != nil {
		if err := e.metrics.register(e.options.Registerer); err != nil {
			return fmt.Errorf("metrics of read models: %w", err)
		}
	}
	for _, d := range e.definitions {
		b, err := e.ensure(ctx, d)
		if err != nil {
			return fmt.Errorf("read model %s: %w", d.Name, err)
		}
		if err := e.exchange(ctx, e.models[d.Name], b); err != nil {
			return fmt.Errorf("read model %s: %w", d.Name, err)
		}
	}
	e.follower.Go(func() { e.followRegistry(e.running) })
	e.follower.Go(func() { e.followHead(e.running) })
	return nil
}

// DB is where the queries of a model run. It panics for a model that was not defined: that is a mistake in the wiring.
func (e *Engine) DB(name string) *DB {
	m, ok := e.models[name]
	if !ok {
		panic(fmt.Sprintf("read model %q is not defined", name))
	}
	return m.db
}

// Close stops the runners, waits for queries under way and closes all connections.
func (e *Engine) Close() {
	e.closing.Do(func() {
		e.stop()
		e.follower.Wait()
		for _, m := range e.models {
			if s := m.serving.Load(); s != nil {
				s.runner.end()
				s.pool.Close()
			}
		}
		e.draining.Wait()
		e.registry.pool.Close()
		if e.options.Registerer != nil {
			e.metrics.unregister(e.options.Registerer)
		}
	})
}

// Retry lets a model that stands still try again, in whatever process runs it.
func (e *Engine) Retry(ctx context.Context, name string) error {
	stopped, err := e.registry.resume(ctx, name)
	if err != nil {
		return fmt.Errorf("retry %s: %w", name, err)
	}
	if stopped == 0 {
		return fmt.Errorf("retry %s: %w", name, ErrNotStopped)
	}
	return nil
}

// ErrNotStopped means that there is nothing to retry.
var ErrNotStopped = errors.New("no read model of this name stands still")

// Builds answers the builds of a model, or of all models when name is empty, newest version and number first within a model.
func (e *Engine) Builds(ctx context.Context, name string) ([]Build, error) {
	return e.registry.builds(ctx, name)
}

// Models answers the names of the models that are defined, in the order of their definition.
func (e *Engine) Models() []string {
	names := make([]string, len(e.definitions))
	for i, d := range e.definitions {
		names[i] = d.Name
	}
	return names
}
