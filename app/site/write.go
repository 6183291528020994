package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Write writes the files into a folder that is missing or empty, the compressed ones beside their originals, as file
// hosts expect them. Nothing that is there already is touched.
func Write(dir string, files []File) error {
	switch entries, err := os.ReadDir(dir); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("opening output folder: %w", err)
	case len(entries) > 0:
		return fmt.Errorf("folder %q is not empty; name a new or an empty one", dir)
	}
	all := map[string][]byte{}
	for _, f := range files {
		all[f.Path] = f.Body
		if f.Brotli != nil {
			all[f.Path+".br"] = f.Brotli
		}
		if f.Gzip != nil {
			all[f.Path+".gz"] = f.Gzip
		}
	}
	return writeFiles(dir, all)
}
