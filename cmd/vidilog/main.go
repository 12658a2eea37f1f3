// Command vidilog is the whole of Vidilog in one binary: the server and the tools around its log.
//
// This folder wires and decides nothing: serve.go puts the server together, the other files are verbs of the command line.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// version is set by the build.
var version = "development"

// cli is the command line.
type cli struct {
	Data    string           `help:"Folder of everything the server writes." placeholder:"DIR" env:"VIDILOG_DATA"`
	Config  []string         `help:"Configuration file in PeerTube's YAML keys; later ones win. May be given more than once." placeholder:"FILE" type:"existingfile"`
	Version kong.VersionFlag `help:"Say which version this is."`

	Serve       serveCommand       `cmd:"" default:"withargs" help:"Run the server. Without a configured database it starts its own PostgreSQL and Redis."`
	Events      eventsCommands     `cmd:"" help:"Read the event log."`
	Projections projectionCommands `cmd:"" help:"Look at read models, rebuild and verify them."`
	Processes   processCommands    `cmd:"" help:"Look at processes and effects that got stuck, and decide about them."`
	Jobs        jobCommands        `cmd:"" help:"Look at media jobs that have failed, and try them again."`
	Files       fileCommands       `cmd:"" help:"Compare the files on disk with what the log says must be there."`
}

func main() {
	var c cli
	parser := kong.Must(&c,
		kong.Name("vidilog"),
		kong.Description("A federated video platform that keeps the record."),
		kong.UsageOnError(),
		kong.Vars{"version": version},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	call, err := parser.Parse(os.Args[1:])
	parser.FatalIfErrorf(err)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	call.BindTo(ctx, (*context.Context)(nil))
	err = call.Run(&c)
	stop()
	if err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "vidilog: "+err.Error())
		os.Exit(1)
	}
}
