package effects

import (
	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"vidilog/commands"
	"vidilog/domain/kernel"
)

// Because says what a piece of work is owed to; it travels with the work, so that the outcome names its cause.
type Because struct {
	// Correlation is that of the request, Cause the event that the work follows from, OnBehalfOf the person behind both.
	Correlation uuid.UUID `json:"correlation"`
	Cause       uuid.UUID `json:"cause"`
	OnBehalfOf  string    `json:"onBehalfOf"`
}

// caller is this package acting because of an event.
func (b Because) caller() commands.Caller {
	actor := kernel.ByWorker("effects")
	actor.OnBehalfOf = b.OnBehalfOf
	c := commands.Internal(actor)
	c.Correlation, c.Causation = b.Correlation, b.Cause
	return c
}

func (t TakePictures) owedTo(b Because) river.JobArgs     { t.Because = b; return t }
func (m MakeStoryboard) owedTo(b Because) river.JobArgs   { m.Because = b; return m }
func (w WriteTorrent) owedTo(b Because) river.JobArgs     { w.Because = b; return w }
func (w WritePlaylist) owedTo(b Because) river.JobArgs    { w.Because = b; return w }
func (p PlaceFiles) owedTo(b Because) river.JobArgs       { p.Because = b; return p }
func (r RemoveFiles) owedTo(b Because) river.JobArgs      { r.Because = b; return r }
func (r RemoveFilesLater) owedTo(b Because) river.JobArgs { r.Because = b; return r }
