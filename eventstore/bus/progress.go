package bus

import "vidilog/eventstore"

// progress knows which positions of a stretch of the log are done. Positions are dense, so one byte each will do.
type progress struct {
	low  eventstore.Position // everything up to here is done
	top  eventstore.Position // everything up to here has been taken from the log
	done []bool              // of low+1 … top, from index from
	from int                 // index of low+1 in done
}

func startProgress(at eventstore.Position) progress { return progress{low: at, top: at} }

// take adds the next position.
func (p *progress) take(at eventstore.Position) {
	p.top = at
	p.done = append(p.done, false)
}

// finish marks a position and moves low over all that follow one another.
func (p *progress) finish(at eventstore.Position) {
	p.done[p.from+int(at-p.low)-1] = true
	for p.from < len(p.done) && p.done[p.from] {
		p.from++
		p.low++
	}
	if p.from == len(p.done) {
		p.done, p.from = p.done[:0], 0
	} else if p.from > 1<<16 {
		p.done, p.from = append(p.done[:0], p.done[p.from:]...), 0
	}
}
