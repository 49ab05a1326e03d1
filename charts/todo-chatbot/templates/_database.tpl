{{- define "todo.databaseName" -}}{{ include "todo.name" . }}-database{{- end -}}

{{/* Volumes that the release's own database claims. CloudNativePG makes a new one before it gives up that of a server it replaces. */}}
{{- define "todo.databaseClaims" -}}
{{- $database := .Values.database -}}
{{- if eq $database.mode "cloudnativepg" -}}{{- add $database.cloudnativepg.instances 1 -}}
{{- else if and (eq $database.mode "statefulset") $database.statefulset.persistent -}}1
{{- else -}}0
{{- end -}}
{{- end -}}

{{/* Whether this release brings the database along. */}}
{{- define "todo.databaseInside" -}}
{{- if ne .Values.database.mode "external" -}}true{{- end -}}
{{- end -}}

{{/* Where the app connects: a pooler where there is one. */}}
{{- define "todo.databaseHost" -}}
{{- $database := .Values.database -}}
{{- if eq $database.mode "statefulset" -}}
{{- include "todo.databaseName" . -}}
{{- else if eq $database.mode "cloudnativepg" -}}
{{- include "todo.databaseName" . -}}-{{- ternary "pooler" "rw" $database.cloudnativepg.pooler.enabled -}}
{{- else -}}
{{- $database.pooler.host | default $database.host | required "database.host: name the PostgreSQL server, or set database.mode" -}}
{{- end -}}
{{- end -}}

{{- define "todo.databasePort" -}}
{{- if include "todo.databaseInside" . -}}5432
{{- else if .Values.database.pooler.host -}}{{- .Values.database.pooler.port -}}
{{- else -}}{{- .Values.database.port -}}
{{- end -}}
{{- end -}}

{{/* Ports of an external server that the app may use, as a JSON list: the server's, and the pooler's where there is one. Both, so that
pods still answer that were there before a pooler was put in between. */}}
{{- define "todo.appDatabasePorts" -}}
{{- $ports := list (int .Values.database.port) -}}
{{- if .Values.database.pooler.host -}}{{- $ports = append $ports (int .Values.database.pooler.port) -}}{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end -}}

{{/* Ports that the owner's URL may name, as a JSON list. */}}
{{- define "todo.ownerPorts" -}}
{{- $ports := include "todo.appDatabasePorts" . | fromJsonArray -}}
{{- if .Values.database.ownerPort -}}{{- $ports = append $ports .Values.database.ownerPort -}}{{- end -}}
{{- with .Values.database.ownerUrl -}}
{{- /* No parser: what it cannot read it repeats in its error, password and all. */ -}}
{{- $place := regexReplaceAll "^.*@" . "" | regexFind "^(postgres(ql)?://)?(\\[[^\\]]*\\]|[^:/?]*)(:[0-9]+)?" -}}
{{- $ports = append $ports (regexFind ":[0-9]+$" $place | trimPrefix ":" | default "5432") -}}
{{- end -}}
{{- $unique := list -}}
{{- range $ports -}}{{- $unique = append $unique (int .) -}}{{- end -}}
{{- $unique | uniq | toJson -}}
{{- end -}}

{{/* The development server has no certificate; CloudNativePG's is of an authority of its own. */}}
{{- define "todo.databaseParams" -}}
{{- if eq .Values.database.mode "statefulset" -}}sslmode=disable
{{- else if eq .Values.database.mode "cloudnativepg" -}}sslmode=prefer
{{- else -}}{{- .Values.database.params -}}
{{- end -}}
{{- end -}}

{{/* Secret and key of the owner's URL, as the migration reads it. */}}
{{- define "todo.ownerUrlReference" -}}
{{- $database := .Values.database -}}
{{- if eq $database.mode "statefulset" -}}
name: {{ include "todo.databaseName" . }}
key: owner_url
{{- else if eq $database.mode "cloudnativepg" -}}
name: {{ include "todo.databaseName" . }}-app
key: uri
{{- else if $database.existingSecret -}}
name: {{ $database.existingSecret }}
key: {{ $database.existingSecretKey }}
{{- else -}}
name: {{ include "todo.migrationSecretName" . }}
key: owner_url
{{- end -}}
{{- end -}}
