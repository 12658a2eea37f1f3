package transcoding

import "math"

const (
	// spriteLongEdge is the long edge of one small picture in pixels (PeerTube: STORYBOARD.SPRITE_MAX_SIZE).
	spriteLongEdge = 192
	// maxSpritesPerEdge bounds the grid (PeerTube: STORYBOARD.SPRITES_MAX_EDGE_COUNT).
	maxSpritesPerEdge = 11
	// shortestStoryboard in seconds: what is shorter is seen as fast as a storyboard is loaded.
	shortestStoryboard = 3
)

// Storyboard is the layout of one picture that shows a video in small ones at equal distances, for the seek bar of players.
type Storyboard struct {
	// Columns and Rows of the grid; the last places may stay black.
	Columns, Rows int
	// SpriteWidth and SpriteHeight of a small picture, in pixels.
	SpriteWidth, SpriteHeight int
	// SpriteSeconds is the time between two of them.
	SpriteSeconds int
}

// TotalWidth of the whole picture, in pixels.
func (s Storyboard) TotalWidth() int { return s.Columns * s.SpriteWidth }

// TotalHeight of the whole picture, in pixels.
func (s Storyboard) TotalHeight() int { return s.Rows * s.SpriteHeight }

// StoryboardOf lays out the storyboard of a video of so many seconds whose upright picture has this size. ok is false for what
// gets none: less than 3 seconds, or no picture.
//
// One small picture a second up to 121 of them, then fewer; the grid is the flattest that PeerTube finds: the fewest rows first.
func StoryboardOf(seconds, width, height int) (s Storyboard, ok bool) {
	if seconds < shortestStoryboard || width <= 0 || height <= 0 {
		return Storyboard{}, false
	}
	s.SpriteWidth, s.SpriteHeight = spriteSize(width, height)
	most := min(seconds, maxSpritesPerEdge*maxSpritesPerEdge)
	s.SpriteSeconds = ceilOf(seconds, most)
	s.Columns, s.Rows = grid(ceilOf(seconds, s.SpriteSeconds))
	return s, true
}

func spriteSize(width, height int) (int, int) {
	share := func(short, long int) int {
		return max(1, int(math.Floor(spriteLongEdge*float64(short)/float64(long)+0.5)))
	}
	if height > width {
		return share(width, height), spriteLongEdge
	}
	return spriteLongEdge, share(height, width)
}

// grid is the first (rows, columns ≥ rows) with room for all, rows counted first.
func grid(sprites int) (columns, rows int) {
	for rows = 1; rows < maxSpritesPerEdge; rows++ {
		for columns = rows; columns <= maxSpritesPerEdge; columns++ {
			if rows*columns >= sprites {
				return columns, rows
			}
		}
	}
	return maxSpritesPerEdge, maxSpritesPerEdge
}

func ceilOf(a, b int) int { return (a + b - 1) / b }
