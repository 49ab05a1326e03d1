{{/* An ExternalSecret that reads keys of one entry in the vault. Call with (dict "root" $ "name" name "component" what
"keys" list "hook" false). */}}
{{- define "todo.externalSecret" -}}
{{- $root := .root -}}
{{- $source := $root.Values.secrets.externalSecret -}}
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: {{ .name }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "todo.labels" (list $root .component) | nindent 4 }}
  {{- if .hook }}
  annotations:
    {{- include "todo.migrationHook" $root | nindent 4 }}
  {{- end }}
spec:
  refreshInterval: {{ $source.refreshInterval }}
  secretStoreRef:
    name: {{ $source.store.name | required "secrets.externalSecret.store.name: name the store to read" }}
    kind: {{ $source.store.kind }}
  target:
    name: {{ .name }}
    creationPolicy: Owner
    deletionPolicy: Retain
  data:
    {{- range .keys }}
    - secretKey: {{ . }}
      remoteRef:
        key: {{ $source.remoteKey | required "secrets.externalSecret.remoteKey: name the entry in the vault" }}
        property: {{ . }}
    {{- end }}
{{- end -}}
