{{/* Port of the app in its pods. SpinKube's operator always takes 80. */}}
{{- define "todo.port" -}}
{{- if eq .Values.mode "spinkube" -}}80{{- else -}}{{- .Values.runtime.port -}}{{- end -}}
{{- end -}}

{{/* Port of a URL, or of its scheme. */}}
{{- define "todo.portOf" -}}
{{- $url := urlParse . -}}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" -}}
{{- if $port -}}{{- $port -}}{{- else if eq $url.scheme "http" -}}80{{- else -}}443{{- end -}}
{{- end -}}
