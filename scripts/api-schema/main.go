// Prints the Go types behind the API kinds this project models, one struct a line, as src/engine/apiserver/schema/schema-data.ts
// holds them. The OpenAPI document of a cluster lacks what the server's messages are made of: names of Go types, which fields are
// pointers, which structs are embedded. See README.md for how to run it and schema.ts for the grammar.
package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"sort"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	networkingv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var roots = []struct {
	apiVersion string
	object     any
}{
	{"apps/v1", appsv1.DaemonSet{}},
	{"apps/v1", appsv1.Deployment{}},
	{"apps/v1", appsv1.ReplicaSet{}},
	{"apps/v1", appsv1.StatefulSet{}},
	{"batch/v1", batchv1.CronJob{}},
	{"batch/v1", batchv1.Job{}},
	{"v1", corev1.ConfigMap{}},
	{"v1", corev1.Endpoints{}},
	{"v1", corev1.Namespace{}},
	{"v1", corev1.Node{}},
	{"v1", corev1.Pod{}},
	{"v1", corev1.Secret{}},
	{"v1", corev1.Service{}},
	{"v1", corev1.ServiceAccount{}},
	{"discovery.k8s.io/v1", discoveryv1.EndpointSlice{}},
	{"networking.k8s.io/v1", networkingv1.Ingress{}},
	{"networking.k8s.io/v1", networkingv1.IngressClass{}},
	{"networking.k8s.io/v1", networkingv1.NetworkPolicy{}},
}

// The letters stand for the prefixes of OpenAPI names in schema.ts.
var packages = map[string]string{
	"k8s.io/api/apps/v1":                   "a",
	"k8s.io/api/batch/v1":                  "b",
	"k8s.io/api/core/v1":                   "c",
	"k8s.io/api/discovery/v1":              "d",
	"k8s.io/apimachinery/pkg/apis/meta/v1": "m",
	"k8s.io/api/networking/v1":             "n",
	"k8s.io/api/scheduling/v1alpha3":       "s",
}

var (
	structs     = map[string]string{}
	owners      = map[string]reflect.Type{}
	unmarshaler = reflect.TypeFor[json.Unmarshaler]()
	special     = map[reflect.Type]string{
		reflect.TypeFor[resource.Quantity]():   "Q",
		reflect.TypeFor[intstr.IntOrString]():  "I",
		reflect.TypeFor[metav1.Time]():         "T",
		reflect.TypeFor[metav1.MicroTime]():    "M",
		reflect.TypeFor[metav1.FieldsV1]():     "R",
		reflect.TypeFor[corev1.ResourceList](): "L",
	}
)

func typeCode(t reflect.Type) string {
	if code, ok := special[t]; ok {
		return code
	}
	if t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(unmarshaler) {
		panic("unknown unmarshaler " + t.String())
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + typeCode(t.Elem())
	case reflect.String:
		if t.Name() == "string" {
			return "s"
		}
		return "'" + strings.TrimPrefix(t.String(), "v1.")
	case reflect.Bool:
		return "b"
	case reflect.Int32:
		return "i"
	case reflect.Int64:
		return "l"
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "y"
		}
		return "[" + typeCode(t.Elem())
	case reflect.Map:
		if t.Name() != "" || t.Key().Kind() != reflect.String {
			panic("unknown map " + t.String())
		}
		if t.Key().Name() != "string" {
			return "{" + t.Key().String() + "}" + typeCode(t.Elem())
		}
		return "{" + typeCode(t.Elem())
	case reflect.Struct:
		addStruct(t)
		return "." + structName(t)
	}
	panic("unknown kind " + t.String())
}

// Packages not called v1 are named; groups reuse a few names, and what stands before a slash is not part of the Go name.
func structName(t reflect.Type) string {
	if t.PkgPath() == "k8s.io/api/discovery/v1" && t.Name() == "EndpointPort" {
		return "discovery/" + t.Name()
	}
	return strings.TrimPrefix(t.String(), "v1.")
}

func addStruct(t reflect.Type) {
	name := structName(t)
	if owner, ok := owners[name]; ok {
		if owner != t {
			panic("two structs named " + name)
		}
		return
	}
	owners[name] = t
	letter, ok := packages[t.PkgPath()]
	if !ok {
		panic("unknown package " + t.PkgPath())
	}
	fields := []string{letter}
	collect(t, nil, &fields)
	structs[name] = strings.Join(fields, " ")
}

func collect(t reflect.Type, embedded []string, fields *[]string) {
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" || !f.IsExported() {
			continue
		}
		if f.Anonymous && name == "" {
			elem := f.Type
			if elem.Kind() == reflect.Pointer {
				elem = elem.Elem()
			}
			collect(elem, append(append([]string{}, embedded...), f.Name), fields)
			continue
		}
		var b strings.Builder
		b.WriteString(name)
		b.WriteByte(':')
		b.WriteString(typeCode(f.Type))
		if strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero") {
			b.WriteByte('?')
		}
		if len(embedded) > 0 {
			b.WriteString("@" + strings.Join(embedded, "."))
		}
		if strategy := f.Tag.Get("patchStrategy"); strategy != "" {
			b.WriteString("%" + strategy)
			if key := f.Tag.Get("patchMergeKey"); key != "" {
				b.WriteString("=" + key)
			}
		}
		*fields = append(*fields, b.String())
	}
}

func main() {
	for _, r := range roots {
		addStruct(reflect.TypeOf(r.object))
	}
	names := make([]string, 0, len(structs))
	for name := range structs {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, r := range roots {
		fmt.Printf("%s %s\n", r.apiVersion, reflect.TypeOf(r.object).Name())
	}
	fmt.Println()
	for _, name := range names {
		fmt.Printf("%s %s\n", name, structs[name])
	}
}
