package key

// structures are the forms a key takes in DER, by the label it has in PEM. Ordered, for the search of the right one.
var structures = []struct {
	label string
	read  func(d *der, w *work) (Key, *fault)
}{
	{"PRIVATE KEY", readPKCS8},
	{"PUBLIC KEY", readSPKI},
	{"RSA PRIVATE KEY", readPKCS1Private},
	{"RSA PUBLIC KEY", readPKCS1Public},
	{"EC PRIVATE KEY", readSEC1},
	{"CERTIFICATE", readCertificate},
	{"ENCRYPTED PRIVATE KEY", readLocked},
	{"DSA PRIVATE KEY", readDSAPrivate},
	{"OPENSSH PRIVATE KEY", readOpenSSH},
}

// damaged is the fault of DER that is not what it should be.
var damaged = faulty("pem.damaged", "")

// readAs reads DER as what stands under a label, to its last byte.
func readAs(label string, contents []byte, w *work) (Key, *fault) {
	for _, s := range structures {
		if s.label != label {
			continue
		}
		if label != "OPENSSH PRIVATE KEY" && endsEarly(contents) {
			return Key{}, faulty("pem.cut", "")
		}
		d := &der{rest: contents}
		k, f := s.read(d, w)
		if !f.found() && len(d.rest) > 0 {
			return Key{}, faulty("pem.trailing", "")
		}
		if f.found() {
			return Key{}, f
		}
		k.Thumbprint = thumbprint(k)
		return k, nil
	}
	return Key{}, faulty("pem.label", "", label)
}

// locked reports whether the fault is that of a sound key that is locked.
func (f *fault) locked() bool {
	if f == nil {
		return false
	}
	return f == noPassphrase || f == wrongPassphrase || f.code == "key.cipher" || f.code == "key.rounds"
}

// readAny reads DER as whatever it is, and tells the label that belongs to it.
func readAny(contents []byte, w *work) (Key, string, *fault) {
	for _, s := range structures {
		k, f := readAs(s.label, contents, w)
		if !f.found() || f.locked() {
			return k, s.label, f
		}
	}
	return Key{}, "", damaged
}
