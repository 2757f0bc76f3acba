The libraries in lib/, each as its authors published it, unchanged, with its licence. The texts are in this folder
(Apache-2.0 is ../LICENSE); a library with several licences comes under the first of them whose text is here. The
sources of each library stand beside its jar at Maven Central.

<#list dependencyMap as e>
<#assign p = e.getKey()>
${p.groupId}:${p.artifactId}:${p.version} | <#list e.getValue() as licence>${licence}<#if licence_has_next>, </#if></#list> | ${p.url!"https://central.sonatype.com"}
</#list>
