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
spec:
  podSelector:
    matchLabels:
      {{- include "todo.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ $component }}
  policyTypes: [Ingress, Egress]
{{- end -}}

{{/* Pods of this release. Call with (list $ "component"). */}}
{{- define "todo.peer" -}}
- podSelector:
    matchLabels:
      {{- include "todo.selector" (index . 0) | nindent 6 }}
      app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{/* Namespaces by their names. */}}
{{- define "todo.namespacePeer" -}}
- namespaceSelector:
    matchExpressions:
      - key: kubernetes.io/metadata.name
        operator: In
        values: {{ toJson . }}
{{- end -}}

{{/* Address ranges; none named means that only the port is limited. */}}
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

{{/* The way to PostgreSQL: pods of this release, or address ranges. */}}
{{- define "todo.databaseRule" -}}
{{- $mode := .Values.database.mode -}}
{{- if eq $mode "statefulset" -}}
- to:
    {{- include "todo.peer" (list . "database") | nindent 4 }}
  ports:
    - port: 5432
{{- else if eq $mode "cloudnativepg" -}}
- to:
    - podSelector:
        matchLabels:
          cnpg.io/cluster: {{ include "todo.databaseName" . }}
    - podSelector:
        matchLabels:
          cnpg.io/poolerName: {{ include "todo.databaseName" . }}-pooler
  ports:
    - port: 5432
{{- else -}}
{{- $ports := list .Values.database.port -}}
{{- if .Values.database.pooler.host -}}{{- $ports = append $ports .Values.database.pooler.port | uniq -}}{{- end -}}
- ports:
    {{- range $ports }}
    - port: {{ . }}
    {{- end }}
  {{- with include "todo.rangePeers" .Values.networkPolicy.databaseRanges | trim }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end -}}
{{- end -}}
