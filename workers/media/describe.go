package media

import (
	"context"
	"encoding/json"
	"io"
	"regexp"
)

// numeric is what ffprobe writes as text and clients read as a number.
var numeric = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// Describe answers all that ffprobe says of a file of ours as JSON: format, streams and chapters, as PeerTube's API shows them. The
// name of the file is left out, for it tells where things lie on this machine.
func (t *Tools) Describe(ctx context.Context, path string) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, t.options.ProbeTimeout, errProbeTimeout)
	defer cancel()
	var answer struct {
		Chapters []map[string]any `json:"chapters"`
		Format   map[string]any   `json:"format"`
		Streams  []map[string]any `json:"streams"`
	}
	args := append([]string{"-v", "error", "-hide_banner", "-of", "json", "-show_format", "-show_streams", "-show_chapters"}, sourceInput(path)...)
	err := run{program: t.options.FFprobe, args: args, stdout: func(output io.Reader) error {
		text, err := io.ReadAll(io.LimitReader(output, maxProbeOutput+1))
		if err != nil {
			return err
		}
		if len(text) > maxProbeOutput {
			return unprocessable("its description is longer than %d bytes", maxProbeOutput)
		}
		return json.Unmarshal(text, &answer)
	}}.do(ctx)
	if err != nil {
		return nil, err
	}
	delete(answer.Format, "filename")
	inNumbers(answer.Format)
	for _, s := range answer.Streams {
		inNumbers(s)
	}
	for _, c := range answer.Chapters {
		inNumbers(c)
	}
	return json.Marshal(answer)
}

func inNumbers(members map[string]any) {
	for name, value := range members {
		if text, isText := value.(string); isText && numeric.MatchString(text) {
			members[name] = json.Number(text)
		}
	}
}
