{{%AUTOESCAPE context="HTML"}}<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{SUBJECT}}</title>
<style>body{margin:0;padding:24px;background:#fff;color:#222;font:16px/1.5 sans-serif}.mail{max-width:34em;margin:0 auto}</style>
</head>
<body>
<div class="mail">
{{BODY:none}}
</div>
</body>
</html>
