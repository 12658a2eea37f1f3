// Package video decides about local videos: uploaded, described, given renditions and pictures, published, deleted.
//
// It may import domain/kernel and domain/transcoding. Read state.go first, then upload.go.
package video
