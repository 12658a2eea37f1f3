package telemetry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"go.opentelemetry.io/otel/trace"
)

// LogFileName is the name of the log in storage.logs; PeerTube's tools and test suites read it there.
const LogFileName = "peertube.log"

// LogOptions of NewLogger.
type LogOptions struct {
	// Level is debug, info, warn or error; empty means info.
	Level string
	// Format is text, json, or auto: lines for people on a terminal, logfmt elsewhere.
	Format string
	// Output of the console; nil means os.Stderr.
	Output io.Writer
	// Dir gets the log file as JSON lines with PeerTube's names; empty writes no file.
	Dir string
	// MaxFileSize in bytes and MaxFiles bound the log file and its rotated predecessors; 0 means no rotation.
	MaxFileSize int64
	MaxFiles    int
}

// NewLogger makes the logger of the process. The closer closes the log file. Every record made with a context carries
// its trace id; values under names that sound like secrets are redacted wherever they come from.
func NewLogger(options LogOptions) (*slog.Logger, io.Closer, error) {
	var level slog.Level
	if options.Level != "" {
		if err := level.UnmarshalText([]byte(options.Level)); err != nil {
			return nil, nil, fmt.Errorf("log level %q must be debug, info, warn or error", options.Level)
		}
	}
	if options.Output == nil {
		options.Output = os.Stderr
	}
	var gather outputs
	if _, isFile := options.Output.(*os.File); isFile && !isTerminal(options.Output) { // a person wants to see every line at once
		gather = append(gather, newDelayed(options.Output))
		options.Output = gather[0]
	}
	console, err := consoleHandler(options, level)
	if err != nil {
		return nil, nil, err
	}
	handlers := fanOut{console}
	closer := &logCloser{}
	if options.Dir != "" {
		file, err := openRotating(filepath.Join(options.Dir, LogFileName), options.MaxFileSize, options.MaxFiles)
		if err != nil {
			return nil, nil, err
		}
		closer.file = file
		gather = append(gather, newDelayed(file))
		handlers = append(handlers, slog.NewJSONHandler(gather[len(gather)-1], &slog.HandlerOptions{Level: level, ReplaceAttr: asPeerTube}))
	}
	closer.outputs = gather
	return slog.New(contextHandler{handlers, gather}), closer, nil
}

// logCloser writes what waits and closes the file, if there is one.
type logCloser struct {
	outputs
	file io.Closer
}

// Close ends the log; what is written to the console afterwards still gets there.
func (c *logCloser) Close() error {
	c.end()
	if c.file == nil {
		return nil
	}
	return c.file.Close()
}

func consoleHandler(options LogOptions, level slog.Level) (slog.Handler, error) {
	switch options.Format {
	case "json":
		return slog.NewJSONHandler(options.Output, &slog.HandlerOptions{Level: level, ReplaceAttr: redact}), nil
	case "", "auto":
		if isTerminal(options.Output) {
			return newHumanHandler(options.Output, level), nil
		}
	case "text":
	default:
		return nil, fmt.Errorf("log format %q must be auto, text or json", options.Format)
	}
	return slog.NewTextHandler(options.Output, &slog.HandlerOptions{Level: level, ReplaceAttr: redact}), nil
}

func isTerminal(output io.Writer) bool {
	file, ok := output.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// secretWords are parts of attribute names whose values never belong into a log.
var secretWords = []string{"password", "secret", "token", "authorization", "cookie", "otp", "privatekey"}

// redact is a slog ReplaceAttr. It is a net under careful code, not a licence to log secrets.
func redact(_ []string, attribute slog.Attr) slog.Attr {
	if soundsSecret(attribute.Key) {
		return slog.String(attribute.Key, "[redacted]")
	}
	return attribute
}

// judged remembers what soundsSecret found: attribute names are constants of the program, so there are few, and every line of
// the log asks for all of its own.
var judged sync.Map

func soundsSecret(key string) bool {
	if known, ok := judged.Load(key); ok {
		return known.(bool)
	}
	name := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(key))
	isSecret := slices.ContainsFunc(secretWords, func(word string) bool { return strings.Contains(name, word) })
	judged.Store(key, isSecret)
	return isSecret
}

// asPeerTube names the members as PeerTube's log does: timestamp, level in small letters, message.
func asPeerTube(groups []string, attribute slog.Attr) slog.Attr {
	if len(groups) == 0 {
		switch attribute.Key {
		case slog.TimeKey:
			attribute.Key = "timestamp"
			return attribute
		case slog.MessageKey:
			attribute.Key = "message"
			return attribute
		case slog.LevelKey:
			return slog.String("level", strings.ToLower(attribute.Value.String()))
		}
	}
	return redact(groups, attribute)
}

// contextHandler adds what the context knows about the cause of a record.
type contextHandler struct {
	slog.Handler
	outputs
}

// Handle adds the trace id.
func (h contextHandler) Handle(ctx context.Context, record slog.Record) error {
	if span := trace.SpanContextFromContext(ctx); span.HasTraceID() {
		record = record.Clone()
		record.AddAttrs(slog.String("traceId", span.TraceID().String()))
	}
	return h.handle(ctx, h.Handler, record)
}

// WithAttrs keeps the wrapper around the derived handler.
func (h contextHandler) WithAttrs(attributes []slog.Attr) slog.Handler {
	return contextHandler{h.Handler.WithAttrs(attributes), h.outputs}
}

// WithGroup keeps the wrapper around the derived handler.
func (h contextHandler) WithGroup(name string) slog.Handler {
	return contextHandler{h.Handler.WithGroup(name), h.outputs}
}

// fanOut writes a record to several handlers.
type fanOut []slog.Handler

// Enabled when one of them is.
func (f fanOut) Enabled(ctx context.Context, level slog.Level) bool {
	for _, handler := range f {
		if handler.Enabled(ctx, level) {
			return true
		}
	}
	return false
}

// Handle gives the record to all; one that fails does not keep it from the others.
func (f fanOut) Handle(ctx context.Context, record slog.Record) error {
	var failures []error
	for _, handler := range f {
		if handler.Enabled(ctx, record.Level) {
			failures = append(failures, handler.Handle(ctx, record.Clone()))
		}
	}
	return errors.Join(failures...)
}

// WithAttrs derives all handlers.
func (f fanOut) WithAttrs(attributes []slog.Attr) slog.Handler {
	return f.derive(func(handler slog.Handler) slog.Handler { return handler.WithAttrs(attributes) })
}

// WithGroup derives all handlers.
func (f fanOut) WithGroup(name string) slog.Handler {
	return f.derive(func(handler slog.Handler) slog.Handler { return handler.WithGroup(name) })
}

func (f fanOut) derive(with func(slog.Handler) slog.Handler) slog.Handler {
	derived := make(fanOut, len(f))
	for i, handler := range f {
		derived[i] = with(handler)
	}
	return derived
}
