{{/* Start of a NetworkPolicy for one kind of pod. Call with (list $ "component"). */}}
{{- define "todo.networkPolicy" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "todo.name" $root }}-{{ $component }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "todo.labels" (list $root "network") | nindent 4 }}
  {{- with and (eq $component "app") (include "todo.targetScore" (list $root "networkpolicy-targets-pod")) }}
  annotations:
    {{- . | nindent 4 }}
  {{- end }}
  {{- if and (eq $component "migration") (not (include "todo.migrationBesideRelease" $root)) }}
  annotations:
    {{- include "todo.migrationNetworkHook" $root | nindent 4 }}
  {{- end }}
spec:
  podSelector:
    matchLabels:
      {{- include "todo.podsOf" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
{{- end -}}

{{/* Pods of this release. Call with (list $ "component"). */}}
{{- define "todo.peer" -}}
- podSelector:
    matchLabels:
      {{- include "todo.podsOf" . | nindent 6 }}
{{- end -}}

{{/* Namespaces by their names. */}}
{{- define "todo.namespacePeer" -}}
- namespaceSelector:
    matchExpressions:
      - key: kubernetes.io/metadata.name
        operator: In
        values: {{ toJson . }}
{{- end -}}

{{/* Address ranges; with none named, the rule is for every address at its port. */}}
{{- define "todo.rangePeers" -}}
{{- with . }}
to:
  {{- range . }}
  - ipBlock:
      cidr: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Names are looked up in the cluster. */}}
{{- define "todo.dnsRule" -}}
- to:
    {{- include "todo.namespacePeer" (list .Values.networkPolicy.dnsNamespace) | nindent 4 }}
    {{- range .Values.networkPolicy.dnsRanges }}
    - ipBlock:
        cidr: {{ . }}
    {{- end }}
  ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
{{- end -}}

{{/* The way to PostgreSQL: pods of this release, or address ranges. Call with (list $ ports), the ports being those of an external
server. */}}
{{- define "todo.databaseRule" -}}
{{- $ports := index . 1 -}}
{{- with index . 0 -}}
{{- $mode := .Values.database.mode -}}
{{- if eq $mode "statefulset" -}}
- to:
    {{- include "todo.peer" (list . "database") | nindent 4 }}
  ports:
    - port: 5432
{{- else if eq $mode "cloudnativepg" -}}
- to:
    {{- include "todo.databasePeer" . | nindent 4 }}
    {{- include "todo.poolerPeer" . | nindent 4 }}
  ports:
    - port: 5432
{{- else -}}
- ports:
    {{- range $ports }}
    - port: {{ . }}
    {{- end }}
  {{- with include "todo.rangePeers" .Values.networkPolicy.databaseRanges | trim }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Pods of CloudNativePG's cluster, its Jobs included. They carry the operator's labels, not the release's. */}}
{{- define "todo.databasePeer" -}}
- podSelector:
    matchLabels:
      cnpg.io/cluster: {{ include "todo.databaseName" . }}
{{- end -}}

{{/* Pods of its pooler. */}}
{{- define "todo.poolerPeer" -}}
- podSelector:
    matchLabels:
      cnpg.io/poolerName: {{ include "todo.databaseName" . }}-pooler
{{- end -}}

{{/* Start of a NetworkPolicy for pods that CloudNativePG's operator makes. Call with (list $ name label value). */}}
{{- define "todo.operatedNetworkPolicy" -}}
{{- $root := index . 0 -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ index . 1 }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "todo.labels" (list $root "network") | nindent 4 }}
  annotations:
    {{- /* The pods are not in the rendering. */}}
    kube-score/ignore: networkpolicy-targets-pod
spec:
  podSelector:
    matchLabels:
      {{ index . 2 }}: {{ index . 3 }}
  policyTypes: [Ingress, Egress]
{{- end -}}

{{/* The Kubernetes API, which the processes in those pods ask. Plugins differ in whether they see the Service's port or the server's. */}}
{{- define "todo.kubernetesRule" -}}
- ports:
    - port: 443
    - port: 6443
  {{- with include "todo.rangePeers" .Values.networkPolicy.kubernetesRanges | trim }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}
