package process

import (
	"context"
	"fmt"

	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/process"
	"vidilog/eventstore"
)

// Manager is one process manager as the bus sees it: a consumer group with a key per process instance.
type Manager struct {
	// Name is the consumer group and the actor of everything the process does.
	Name string
	// Key answers the process instance an event belongs to; ok is false for events that are none of its business.
	Key func(e eventstore.Event) (key string, ok bool)
	// Handle reacts to one event. It may be called again for the same event.
	Handle func(ctx context.Context, e eventstore.Event) error
}

// Transcoding is the process that turns an upload into its renditions.
func Transcoding(bus *commands.Bus) Manager {
	return manager[process.Transcoding](bus, process.TranscodingName, process.TranscodingKey, func(id kernel.VideoID) kernel.StreamID {
		return kernel.TranscodingID{UUID: id.UUID}.Stream()
	})
}

// ChannelVideos is the process that does to a channel's videos what was done to the channel.
func ChannelVideos(bus *commands.Bus) Manager {
	return manager[process.ChannelVideos](bus, process.ChannelVideosName, process.ChannelVideosKey, func(id kernel.ChannelID) kernel.StreamID {
		return kernel.ChannelVideosID{UUID: id.UUID}.Stream()
	})
}

// AccountComments is the process that deletes what a deleted account has written.
func AccountComments(bus *commands.Bus) Manager {
	return manager[process.AccountComments](
		bus, process.AccountCommentsName, process.AccountCommentsKey, func(id kernel.AccountID) kernel.StreamID {
			return kernel.AccountCommentsID{UUID: id.UUID}.Stream()
		})
}

// manager is a process whose instances are named by the thing that key finds in an event; stream is where an instance keeps its state.
func manager[S reactor[S], ID fmt.Stringer](
	bus *commands.Bus, name string, key func(kernel.Event) (ID, bool), stream func(ID) kernel.StreamID,
) Manager {
	return Manager{
		Name: name,
		Key: func(e eventstore.Event) (string, bool) {
			id, ok := key(e.Data)
			return id.String(), ok
		},
		Handle: func(ctx context.Context, e eventstore.Event) error {
			id, ok := key(e.Data)
			if !ok {
				return nil
			}
			return handle[S](ctx, bus, name, stream(id), e)
		},
	}
}

// reactor is the state of a process together with its decisions.
type reactor[S any] interface {
	commands.Aggregate[S]
	React(cause process.Cause) process.Decision
}

// handle appends what one event means for one process instance.
func handle[S reactor[S]](ctx context.Context, bus *commands.Bus, name string, stream kernel.StreamID, e eventstore.Event) error {
	caller := commands.Internal(kernel.ByProcess(name, e.Actor))
	caller.CommandID = kernel.Derive(e.EventID, "process:"+name).String()
	caller.Correlation, caller.Causation = e.Correlation, e.EventID
	_, err := commands.Together(ctx, bus, caller, "process."+name, func(ctx context.Context, w *commands.Work) error {
		state, err := commands.Load[S](ctx, w, stream)
		if err != nil {
			return err
		}
		decision := state.React(process.Cause{EventID: e.EventID, Actor: e.Actor, Data: e.Data})
		if err := commands.Record[S](ctx, w, stream, decision.Own...); err != nil {
			return err
		}
		for _, intent := range decision.Intents {
			if err := carryOut[S](ctx, w, stream, intent); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("process %s on %s at %d: %w", name, stream, e.Position, err)
	}
	return nil
}

// carryOut runs the command an intent stands for. A refusal is recorded, a fault returned.
func carryOut[S reactor[S]](ctx context.Context, w *commands.Work, stream kernel.StreamID, intent process.Intent) error {
	err := w.Try(func() error { return dispatch(ctx, w, intent) })
	if code := kernel.CodeOf(err); code != "" {
		return commands.Record[S](ctx, w, stream, process.Declined{
			Intent: fmt.Sprintf("%T", intent), Code: string(code), Detail: err.Error(),
		})
	}
	return err
}
