package telemetry

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
)

// humanHandler writes one line per record for a person at a terminal: time, level by colour, message, then the
// attributes in grey as logfmt.
type humanHandler struct {
	level  slog.Level
	output io.Writer
	mutex  *sync.Mutex
	buffer *bytes.Buffer
	// attributes formats what belongs behind the message; slog's own handler knows all the rules of groups.
	attributes slog.Handler
}

const (
	grey   = "\x1b[90m"
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	green  = "\x1b[32m"
	reset  = "\x1b[0m"
)

func newHumanHandler(output io.Writer, level slog.Level) *humanHandler {
	buffer := &bytes.Buffer{}
	return &humanHandler{
		level: level, output: output, mutex: &sync.Mutex{}, buffer: buffer,
		attributes: slog.NewTextHandler(buffer, &slog.HandlerOptions{Level: level, ReplaceAttr: onlyAttributes}),
	}
}

// onlyAttributes drops time, level and message, which the line shows already, and the trace id, which helps nobody at a
// terminal.
func onlyAttributes(groups []string, attribute slog.Attr) slog.Attr {
	if len(groups) == 0 {
		switch attribute.Key {
		case slog.TimeKey, slog.LevelKey, slog.MessageKey, "traceId":
			return slog.Attr{}
		}
	}
	return redact(groups, attribute)
}

// Enabled compares levels.
func (h *humanHandler) Enabled(_ context.Context, level slog.Level) bool { return level >= h.level }

// Handle writes the line at once, so that lines of several goroutines do not mix.
func (h *humanHandler) Handle(ctx context.Context, record slog.Record) error {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.buffer.Reset()
	if err := h.attributes.Handle(ctx, record); err != nil {
		return err
	}
	attributes := strings.TrimSpace(h.buffer.String())
	var line strings.Builder
	line.WriteString(grey + record.Time.Format("15:04:05") + reset + " " + colourOf(record.Level) + " " + record.Message)
	if attributes != "" {
		line.WriteString(" " + grey + attributes + reset)
	}
	line.WriteByte('\n')
	_, err := io.WriteString(h.output, line.String())
	return err
}

// WithAttrs derives the formatter of attributes.
func (h *humanHandler) WithAttrs(attributes []slog.Attr) slog.Handler {
	derived := *h
	derived.attributes = h.attributes.WithAttrs(attributes)
	return &derived
}

// WithGroup derives the formatter of attributes.
func (h *humanHandler) WithGroup(name string) slog.Handler {
	derived := *h
	derived.attributes = h.attributes.WithGroup(name)
	return &derived
}

func colourOf(level slog.Level) string {
	switch {
	case level >= slog.LevelError:
		return red + "error" + reset
	case level >= slog.LevelWarn:
		return yellow + "warn " + reset
	case level >= slog.LevelInfo:
		return green + "info " + reset
	}
	return grey + "debug" + reset
}
