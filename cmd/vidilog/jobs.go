package main

import (
	"context"
	"fmt"

	"vidilog/commands"
	commandsjob "vidilog/commands/job"
	"vidilog/domain/kernel"
	"vidilog/projections/engine"
	"vidilog/projections/jobs"
)

// jobCommands look after media jobs.
type jobCommands struct {
	Failed jobsFailed `cmd:"" help:"List the media jobs that were given up, with what ffmpeg said."`
	Retry  jobsRetry  `cmd:"" help:"Give a failed job new attempts, and bring back the jobs that were dropped with it."`
}

type jobsFailed struct {
	JSON bool `name:"json" help:"One JSON object per line."`
}

// failedJob is a line of the list.
type failedJob struct {
	Job        string `json:"job"`
	Video      string `json:"video"`
	Type       string `json:"type"`
	Resolution int    `json:"resolution"`
	Attempts   int    `json:"attempts"`
	Error      string `json:"error"`
}

// Run lists failed jobs, the newest first.
func (f *jobsFailed) Run(ctx context.Context, c *cli) error {
	list, err := failedJobs(ctx, c)
	if err != nil {
		return err
	}
	if f.JSON {
		for _, j := range list {
			if err := printJSON(j); err != nil {
				return err
			}
		}
		return nil
	}
	if len(list) == 0 {
		fmt.Println("no job has failed")
		return nil
	}
	t := newTable("job", "video", "type", "resolution", "attempts", "error")
	for _, j := range list {
		t.AppendRow([]any{j.Job, j.Video, j.Type, j.Resolution, j.Attempts, j.Error})
	}
	t.Render()
	return nil
}

// mostFailed bounds the list.
const mostFailed = 1000

func failedJobs(ctx context.Context, c *cli) ([]failedJob, error) {
	k, err := attach(ctx, c)
	if err != nil {
		return nil, err
	}
	defer k.close()
	running, stop := context.WithCancel(ctx)
	defer stop()
	go func() { _ = k.tail.Run(running) }()
	e, err := engine.Open(ctx, k.dsn, engine.FromTail(k.tail, k.log), []engine.Definition{jobs.Definition()}, engine.Options{Logger: k.logger})
	if err != nil {
		return nil, err
	}
	defer e.Close()
	head, err := k.log.Head(ctx)
	if err != nil {
		return nil, err
	}
	e.Wait(ctx, []string{jobs.Name}, head)
	page, err := jobs.New(e.DB(jobs.Name)).List(ctx, jobs.Filter{States: []int{jobs.Errored}, Count: mostFailed})
	if err != nil {
		return nil, err
	}
	list := make([]failedJob, 0, len(page.Jobs))
	for _, j := range page.Jobs {
		list = append(list, failedJob{
			Job: j.ID.String(), Video: j.VideoID.String(), Type: j.Type, Resolution: j.Resolution, Attempts: j.Attempts, Error: j.Message,
		})
	}
	return list, nil
}

type jobsRetry struct {
	Job string `arg:"" help:"The job, as failed names it."`
}

// Run records that the job is wanted after all; a server that runs takes it up at once.
func (r *jobsRetry) Run(ctx context.Context, c *cli) error {
	id, err := kernel.ParseID[kernel.JobKind](r.Job)
	if err != nil {
		return err
	}
	k, err := attach(ctx, c)
	if err != nil {
		return err
	}
	defer k.close()
	bus := commands.New(k.log, k.codec, k.ring, commands.Options{})
	_, err = commandsjob.New(bus).Retry(ctx, commands.Internal(kernel.System("command line")), commandsjob.Retry{JobID: id})
	if err != nil {
		return err
	}
	fmt.Printf("job %s is tried again as soon as a server runs\n", id)
	return nil
}
