package mediatest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
)

// turn writes the matrix of the first track header of an MP4 (ISO/IEC 14496-12, 8.3.2), as a telephone held upright does.
// ffmpeg has an option for it from version 6 on only.
func turn(path string, clockwise int) error {
	matrices := map[int][4]int32{90: {0, 1, -1, 0}, 180: {-1, 0, 0, -1}, 270: {0, -1, 1, 0}}
	matrix, known := matrices[clockwise]
	content, err := os.ReadFile(path)
	header := bytes.Index(content, []byte("tkhd"))
	if err != nil || !known || header < 0 || content[header+4] != 0 {
		return fmt.Errorf("%d degrees, track header of version 0 at %d: %w", clockwise, header, err)
	}
	const matrixOffset = 4 + 40 // after the name: version, times, id, duration, layer, group, volume and what is reserved
	put := func(index int, value int32) {
		binary.BigEndian.PutUint32(content[header+matrixOffset+4*index:], uint32(value<<16))
	}
	put(0, matrix[0])
	put(1, matrix[1])
	put(3, matrix[2])
	put(4, matrix[3])
	return os.WriteFile(path, content, 0o644)
}
