package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/redis/go-redis/v9"

	"vidilog/domain"
	"vidilog/eventstore/codec"
	"vidilog/eventstore/keys"
	"vidilog/eventstore/postgres"
	"vidilog/eventstore/tail"
	"vidilog/eventstore/upcast"
	"vidilog/internal/config"
	"vidilog/internal/embedded"
	"vidilog/projections/audit"
	"vidilog/projections/catalog"
	"vidilog/projections/engine"
	"vidilog/projections/jobs"
	"vidilog/projections/manifest"
	"vidilog/projections/stats"
	"vidilog/schema/migrations"
)

// opsSchema holds operational state.
const opsSchema = "vidilog_ops"

// definitions are all read models.
func definitions() []engine.Definition {
	return []engine.Definition{
		catalog.Definition(), jobs.Definition(), manifest.Definition(), audit.Definition(), stats.Definition(),
	}
}

// core is what the server and the verbs of the command line share: the log and the means to read it.
type core struct {
	config   *config.Config
	logger   *slog.Logger
	metrics  prometheus.Registerer
	services *embedded.Services
	dsn      string
	redis    *redis.Options
	general  *pgxpool.Pool // keys
	ops      *pgxpool.Pool
	ring     *keys.Ring
	codec    *codec.Registry
	log      *postgres.Store
	tail     *tail.Tail
	closers  []func()
}

// closeLater runs f when the core is closed, last in first out.
func (c *core) closeLater(f func()) { c.closers = append(c.closers, f) }

func (c *core) close() {
	for i := len(c.closers) - 1; i >= 0; i-- {
		c.closers[i]()
	}
	c.closers = nil
}

// open connects to the databases that the services offer and opens the log.
func (c *core) open(ctx context.Context) error {
	var err error
	if c.general, err = c.pool(ctx, "", "vidilog keys", 4); err != nil {
		return err
	}
	if c.ops, err = c.opsPool(ctx); err != nil {
		return err
	}
	master, created, err := keys.LoadMasterKey(filepath.Join(c.config.Vidilog.Data, "master.key"))
	if err != nil {
		return err
	}
	if created {
		c.logger.Info("a master key was made; keep a copy apart from the database's backups", "file", "master.key")
	}
	if c.ring, err = keys.Open(ctx, c.general, master, keys.Options{}); err != nil {
		return err
	}
	raised, err := upcast.New()
	if err != nil {
		return err
	}
	if c.codec, err = codec.New(domain.Events(), codec.WithSealer(c.ring), codec.WithUpcasters(raised)); err != nil {
		return err
	}
	c.log, err = postgres.Open(ctx, c.dsn, postgres.Options{Logger: c.logger, Registerer: c.metrics})
	if err != nil {
		return err
	}
	c.closeLater(c.log.Close)
	c.tail = tail.New(c.log, c.log, c.codec, tail.Options{Logger: c.logger})
	return nil
}

// pool opens a pool whose unqualified names mean the tables of a schema.
func (c *core) pool(ctx context.Context, schema, name string, connections int32) (*pgxpool.Pool, error) {
	settings, err := pgxpool.ParseConfig(c.dsn)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	if schema != "" {
		settings.ConnConfig.RuntimeParams["search_path"] = schema
	}
	settings.ConnConfig.RuntimeParams["application_name"] = name
	settings.MaxConns = connections
	settings.ConnConfig.StatementCacheCapacity, settings.ConnConfig.DescriptionCacheCapacity = 64, 0 // pgx makes room for 512 of both
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	c.closeLater(pool.Close)
	return pool, nil
}

func (c *core) opsPool(ctx context.Context) (*pgxpool.Pool, error) {
	settings, err := pgxpool.ParseConfig(c.dsn)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	if err := migrations.Apply(ctx, settings.ConnConfig, opsSchema, migrations.Ops, "ops"); err != nil {
		return nil, err
	}
	return c.pool(ctx, opsSchema, "vidilog operations", 12)
}

// locate finds the configured databases, or those of the embedded services when start has given them.
func (c *core) locate() error {
	c.redis = redisOptions(c.config)
	if c.config.Database.IsConfigured() {
		c.dsn = c.config.Database.DSN()
	}
	if c.services != nil && c.dsn == "" {
		c.dsn = c.services.DSN
	}
	if c.services != nil && c.redis == nil {
		c.redis = c.services.RedisOptions
	}
	if c.dsn == "" {
		return errors.New("no database: configure database.hostname, or leave it out to have one started")
	}
	return nil
}

func redisOptions(c *config.Config) *redis.Options {
	r := c.Redis
	if !r.IsConfigured() {
		return nil
	}
	options := &redis.Options{Network: "tcp", Addr: net.JoinHostPort(r.Hostname, strconv.Itoa(r.Port)), Password: r.Auth, DB: r.DB}
	if r.Socket != "" {
		options.Network, options.Addr = "unix", r.Socket
	}
	return options
}

// attach opens the log of a server that runs, or starts the services for the length of the call.
func attach(ctx context.Context, c *cli) (*core, error) {
	settings, _, err := config.Load(config.Sources{Files: c.Config, Data: c.Data})
	if err != nil {
		return nil, err
	}
	k := &core{config: settings, logger: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	if !settings.Database.IsConfigured() {
		if err := k.borrowServices(ctx); err != nil {
			return nil, err
		}
	}
	if err := k.locate(); err != nil {
		k.close()
		return nil, err
	}
	if err := k.open(ctx); err != nil {
		k.close()
		return nil, err
	}
	return k, nil
}

// borrowServices uses the databases of a running server; without one it starts them, and stops them at the end.
func (c *core) borrowServices(ctx context.Context) error {
	data := c.config.Vidilog.Data
	if _, err := os.Stat(data); err != nil {
		return fmt.Errorf("no data in %s: give --data, or start the server once with vidilog serve", data)
	}
	services, err := embedded.Attach(data)
	if err == nil {
		c.services = services
		return nil
	}
	if !errors.Is(err, embedded.ErrNotRunning) {
		return err
	}
	lock, err := embedded.LockDataDir(data)
	if err != nil {
		return err
	}
	c.closeLater(func() { _ = lock.Release() })
	c.services, err = embedded.Start(ctx, embedded.Options{DataDir: data, Logger: c.logger})
	if err != nil {
		return err
	}
	c.closeLater(func() { _ = c.services.Stop(context.WithoutCancel(ctx)) })
	return nil
}
