{{/* What is added to a pod of SpinKube's operator, as a CEL expression. The listening address stays the operator's: port 80,
which only root may take unless the pod says otherwise. Settings of the runtime come by the ConfigMap, as in the other modes, so
that a change of one is no change of the policy. Objects are added to a list one by one: a patch's value can't be a list of them. */}}
{{- define "todo.hardeningPatches" -}}
{{- $user := .Values.runtime.user -}}
{{- $grace := add .Values.preStopSeconds .Values.drainSeconds .Values.graceSeconds 5 -}}
[
  JSONPatch{op: "add", path: "/spec/automountServiceAccountToken", value: false},
  JSONPatch{op: "add", path: "/spec/enableServiceLinks", value: false},
  JSONPatch{op: "add", path: "/spec/terminationGracePeriodSeconds", value: {{ $grace }}},
  JSONPatch{op: "add", path: "/spec/securityContext", value: Object.spec.securityContext{
    runAsNonRoot: true, runAsUser: {{ $user }}, runAsGroup: {{ $user }}, fsGroup: {{ $user }},
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: Object.spec.securityContext.seccompProfile{type: "RuntimeDefault"},
    sysctls: [Object.spec.securityContext.sysctls{name: "net.ipv4.ip_unprivileged_port_start", value: "0"}]
  }},
  JSONPatch{op: "add", path: "/spec/containers/0/securityContext", value: Object.spec.containers.securityContext{
    allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true,
    capabilities: Object.spec.containers.securityContext.capabilities{drop: ["ALL"]}
  }},
  JSONPatch{op: "add", path: "/spec/containers/0/lifecycle", value: Object.spec.containers.lifecycle{
    preStop: Object.spec.containers.lifecycle.preStop{
      sleep: Object.spec.containers.lifecycle.preStop.sleep{seconds: {{ .Values.preStopSeconds }}}
    }
  }},
  JSONPatch{op: "add", path: "/spec/containers/0/ports/-", value: Object.spec.containers.ports{
    name: "metrics", containerPort: {{ .Values.runtime.metricsPort }}, protocol: "TCP"
  }},
  JSONPatch{op: "add", path: "/spec/containers/0/envFrom", value: []},
  JSONPatch{op: "add", path: "/spec/containers/0/envFrom/-", value: Object.spec.containers.envFrom{
    configMapRef: Object.spec.containers.envFrom.configMapRef{name: {{ include "todo.name" . | quote }}}
  }}
  {{- range $name, $value := include "todo.registryEnvironment" . | fromYaml }},
  JSONPatch{op: "add", path: "/spec/containers/0/env/-", value: Object.spec.containers.env{name: {{ $name | quote }}, value: {{ $value | quote }}}}
  {{- end }}
  {{- if .Values.topologySpread.enabled }},
  JSONPatch{op: "add", path: "/spec/topologySpreadConstraints", value: []}
  {{- range (include "todo.spread" . | fromYaml).topologySpreadConstraints }},
  JSONPatch{op: "add", path: "/spec/topologySpreadConstraints/-", value: Object.spec.topologySpreadConstraints{
    maxSkew: {{ .maxSkew }}, topologyKey: {{ .topologyKey | quote }}, whenUnsatisfiable: {{ .whenUnsatisfiable | quote }},
    labelSelector: Object.spec.topologySpreadConstraints.labelSelector{matchLabels: {{ toJson .labelSelector.matchLabels }}},
    matchLabelKeys: {{ toJson .matchLabelKeys }}
  }}
  {{- end }}
  {{- end }}
]
{{- with .Values.nodeSelector }} +
(has(object.spec.nodeSelector) ? [
  {{- $rest := . }}
  {{- range $index, $label := keys . | sortAlpha }}
  {{- if $index }},{{ end }}
  JSONPatch{op: "add", path: "/spec/nodeSelector/" + jsonpatch.escapeKey({{ $label | quote }}), value: {{ get $rest $label | quote }}}
  {{- end }}
] : [
  JSONPatch{op: "add", path: "/spec/nodeSelector", value: {{ toJson . }}}
])
{{- end }}
{{- with .Values.tolerations }} +
(has(object.spec.tolerations) ? [] : [JSONPatch{op: "add", path: "/spec/tolerations", value: []}]) + [
  {{- range $index, $toleration := . }}
  {{- if $index }},{{ end }}
  JSONPatch{op: "add", path: "/spec/tolerations/-", value: Object.spec.tolerations{
    {{- range $position, $field := keys $toleration | sortAlpha }}
    {{- if $position }}, {{ end }}{{ $field }}: {{ toJson (get $toleration $field) }}
    {{- end -}}
  }}
  {{- end }}
]
{{- end }}
{{- end -}}

{{/* What the hardening is. A template asks for it by this, and a pod that got another is refused. */}}
{{- define "todo.hardeningChecksum" -}}
{{- include "todo.hardeningPatches" . | sha256sum | trunc 12 -}}
{{- end -}}

{{/* The patches and the mark. A pod of the release before gets the mark its template asks for: it may be made anew as long as
the new pods are not there. */}}
{{- define "todo.hardeningPatch" -}}
{{- $mark := include "todo.hardeningChecksum" . | quote -}}
{{- $before := dig "spec" "podAnnotations" "checksum/hardening" "" (include "todo.spinAppBefore" . | fromYaml) -}}
{{- include "todo.hardeningPatches" . }} + [
  JSONPatch{op: "add", path: "/metadata/annotations/todo-assistant~1hardened", value:
    {{- if and $before (ne ($before | quote) $mark) }}
    object.metadata.annotations[?"checksum/hardening"].orValue("") == {{ $before | quote }} ? {{ $before | quote }} :
    {{- end }} {{ $mark }}}
]
{{- end -}}

{{/* Which pods the policies are about. */}}
{{- define "todo.hardenedPods" -}}
namespaceSelector:
  matchLabels:
    kubernetes.io/metadata.name: {{ .Release.Namespace }}
objectSelector:
  matchLabels:
    core.spinkube.dev/app-name: {{ include "todo.name" . }}
resourceRules:
  - apiGroups: [""]
    apiVersions: [v1]
    operations: [CREATE]
    resources: [pods]
{{- end -}}

{{/* Name of the policies, which belong to the cluster. */}}
{{- define "todo.policyName" -}}
{{- printf "%s-%s" (include "todo.name" .) .Release.Namespace -}}
{{- end -}}

{{/* The policy that refuses a pod without its hardening: never another from one release to the next, so never out of date.
Call with (list $ "annotations"). */}}
{{- define "todo.hardeningCheck" -}}
{{- $root := index . 0 -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: {{ include "todo.policyName" $root }}
  labels:
    {{- include "todo.labels" (list $root "hardening") | nindent 4 }}
  annotations:
    {{- index . 1 | nindent 4 }}
spec:
  failurePolicy: Fail
  matchConstraints:
    {{- include "todo.hardenedPods" $root | nindent 4 }}
  validations:
    {{- /* A template of a release that was not hardened asks for nothing. */}}
    - expression: >-
        object.metadata.?annotations[?'checksum/hardening'].orValue('')
        in ['', object.metadata.?annotations[?'todo-assistant/hardened'].orValue('')]
      message: >-
        the policy that hardens this pod (MutatingAdmissionPolicy {{ include "todo.policyName" $root }}) is not yet in force here;
        its ReplicaSet tries again by itself
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ include "todo.policyName" $root }}
  labels:
    {{- include "todo.labels" (list $root "hardening") | nindent 4 }}
  annotations:
    {{- index . 1 | nindent 4 }}
spec:
  policyName: {{ include "todo.policyName" $root }}
  validationActions: [Deny]
{{- end -}}
