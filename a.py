import json,collections
exec(open('/tmp/webc_add.py').read())
def load(p): return json.load(open(p),object_pairs_hook=collections.OrderedDict)
def save(p,d): open(p,'w').write(json.dumps(d,ensure_ascii=False,indent=2)+'\n')
B='web/src/locales/'
en={},{}
C={}
def T(k,e,d):
    for l,v in(('en',e),('de',d)):
        o=C.setdefault(l,collections.OrderedDict())
        ks=k.split('.')
        for x in ks[:-1]: o=o.setdefault(x,collections.OrderedDict())
        o[ks[-1]]=v
rows='''title|App catalogue|App-Katalog
purpose|Which apps the people of this organisation find and may run.|Welche Apps die Menschen dieser Organisation finden und ausführen dürfen.
openBuilder|Open app builder|App-Baukasten öffnen
tabs.public|Public|Öffentlich
tabs.internal|Internal|Intern
tabs.review|Review|Prüfung
app|App|App
version|Version|Version
risk|Risk|Risiko
engine|Engine|Engine
engines.gateway|Gateway|Gateway
engines.prompt|Prompt|Prompt
engines.document|Document|Dokument
engines.analysis|Analysis|Analyse
engines.workflow|Workflow|Workflow
engines.agent|Agent|Agent
engines.chat|Chat|Chat
engines.build|Build|Build
mode|Public apps in this organisation|Öffentliche Apps in dieser Organisation
modes.all|All|Alle
modes.allowlist|Only those allowed|Nur erlaubte
modes.blocklist|All but those blocked|Alle außer gesperrten
modeHints.all|Every public app can be run.|Jede öffentliche App kann laufen.
modeHints.allowlist|An app can be run once you allow it.|Eine App kann laufen, sobald Sie sie erlauben.
modeHints.blocklist|An app can be run until you block it.|Eine App kann laufen, bis Sie sie sperren.
lists.allow|Allow app…|App erlauben…
lists.disallow|Take off the allowlist…|Von der Erlaubnisliste nehmen…
lists.block|Block app…|App sperren…
lists.unblock|Take off the blocklist…|Von der Sperrliste nehmen…
lists.allowed|Allowed|Erlaubt
lists.blocked|Blocked|Gesperrt
onLists|On lists|Auf Listen
available|Now|Jetzt
canRun|Can be run|Kann laufen
cannotRun|Cannot be run|Kann nicht laufen
emptyPublic|There are no public apps yet|Es gibt noch keine öffentlichen Apps
emptyPublicText|Apps that the platform publishes appear here.|Apps, die die Plattform veröffentlicht, erscheinen hier.
ask.mode|Change to “{{mode}}”?|Zu „{{mode}}“ wechseln?
ask.allow|Allow {{name}}?|{{name}} erlauben?
ask.disallow|Take {{name}} off the allowlist?|{{name}} von der Erlaubnisliste nehmen?
ask.block|Block {{name}}?|{{name}} sperren?
ask.unblock|Take {{name}} off the blocklist?|{{name}} von der Sperrliste nehmen?
ask.suspend|Suspend {{name}}?|{{name}} aussetzen?
ask.withdraw|Withdraw {{name}}?|{{name}} zurückziehen?
ask.restore|Restore {{name}}?|{{name}} wieder freigeben?
ask.remove|Delete the draft of {{name}}?|Den Entwurf von {{name}} löschen?
ask.next|Start the next version of {{name}}?|Die nächste Version von {{name}} beginnen?
askText.suspend|Nobody can run it until it is restored. Open runs are cancelled and not charged.|Niemand kann sie ausführen, bis sie wieder freigegeben ist. Offene Läufe werden abgebrochen und nicht berechnet.
askText.withdraw|It is taken out for good. Open runs are cancelled and not charged.|Sie wird endgültig zurückgezogen. Offene Läufe werden abgebrochen und nicht berechnet.
askText.restore|People can run it again.|Sie kann wieder ausgeführt werden.
askText.remove|What was written is gone. Published versions stay.|Was geschrieben wurde, ist weg. Veröffentlichte Versionen bleiben.
askText.next|A draft is made from this version.|Aus dieser Version entsteht ein Entwurf.
confirm.mode|Change mode|Modus wechseln
confirm.allow|Allow app|App erlauben
confirm.disallow|Take off|Herunternehmen
confirm.block|Block app|App sperren
confirm.unblock|Take off|Herunternehmen
confirm.suspend|Suspend version|Version aussetzen
confirm.withdraw|Withdraw version|Version zurückziehen
confirm.restore|Restore version|Version wieder freigeben
confirm.remove|Delete draft|Entwurf löschen
confirm.next|Start version|Version beginnen
consequence|Open runs of an app that can no longer be run are cancelled and not charged.|Offene Läufe einer App, die nicht mehr laufen darf, werden abgebrochen und nicht berechnet.
changed|The catalogue was changed|Der Katalog wurde geändert
emptyInternal|No internal app is published yet|Noch keine interne App ist veröffentlicht
emptyInternalText|An expert writes one in the app builder; somebody else reviews it.|Eine Expertin oder ein Experte schreibt sie im Baukasten; jemand anderes prüft sie.
promoted|Promoted|Hervorgehoben
promotedText|These stand first in everybody’s start menu, in this order.|Diese stehen bei allen zuerst im Startmenü, in dieser Reihenfolge.
nonePromoted|No app is promoted.|Keine App ist hervorgehoben.
otherInternal|Other internal apps|Weitere interne Apps
allPromoted|Every internal app is promoted.|Jede interne App ist hervorgehoben.
promote|Promote app|App hervorheben
demote|Stop promoting|Nicht mehr hervorheben
moveUp|Move {{name}} up|{{name}} nach oben
moveDown|Move {{name}} down|{{name}} nach unten
isFirst|It is the first|Sie ist die erste
isLast|It is the last|Sie ist die letzte
whose|Who reviews|Wer prüft
ownVersion|Your own: somebody else reviews it|Ihre eigene: jemand anderes prüft
waitsForYou|Waits for a reviewer|Wartet auf Prüfung
submitted|Submitted|Eingereicht
emptyReview|Nothing waits for review|Nichts wartet auf Prüfung
emptyReviewText|Versions that experts submit appear here.|Eingereichte Versionen erscheinen hier.
says.draft|Being written.|Wird geschrieben.
says.submitted|Waits for a reviewer who is not its author.|Wartet auf jemanden, der prüft und sie nicht geschrieben hat.
says.approved|Approved. It can be published once its author has given the oath.|Geprüft. Nach dem Eid der Autorin oder des Autors kann sie veröffentlicht werden.
says.published|People can run it.|Sie kann ausgeführt werden.
says.superseded|A newer version took its place.|Eine neuere Version hat sie ersetzt.
says.suspended|Nobody can run it until it is restored.|Niemand kann sie ausführen, bis sie wieder freigegeben ist.
says.withdrawn|It was taken out for good.|Sie wurde endgültig zurückgezogen.
parts.checks|Checks|Prüfpunkte
parts.contract|Contract|Vertrag
parts.diff|Changes|Änderungen
parts.tests|Test bench|Prüfstand
parts.files|Files|Dateien
author|Author|Autor
you|You|Sie
revision|Revision|Fassung
created|Created|Angelegt
published|Published|Veröffentlicht
oath|Oath given|Eid gegeben
hash|Contract SHA-256|Vertrag SHA-256
about|About|Über
reviews|Reviews|Prüfungen
otherVersions|Other versions|Andere Versionen
unnumbered|without number|ohne Nummer
checks.files_present|Six files are there|Sechs Dateien sind da
checks.input_structure|Input is well described|Eingabe ist richtig beschrieben
checks.output_structure|Output is well described|Ergebnis ist richtig beschrieben
checks.pipeline_declared|Pipeline is declared|Ablauf ist erklärt
checks.risk_declared|Risk is declared|Risiko ist erklärt
checks.supervision_declared|Supervision is declared|Aufsicht ist erklärt
checks.provider_controlled|Providers are controlled|Anbieter sind geregelt
checks.cost_supported|Price is supported|Preis ist möglich
checks.expert_authority|Author is an expert|Autor ist Expertin oder Experte
checks.oath_signed|Oath is given|Eid ist gegeben
checks.version_identity|Version is its own|Version ist eindeutig
results.passed|passed|bestanden
results.failed|failed|nicht bestanden
results.pending|later|später
description|Description|Beschreibung
category|Category|Kategorie
jurisdictions|Jurisdictions|Rechtsräume
everywhere|Everywhere|Überall
asks|What it asks|Was sie fragt
does|What it does|Was sie tut
gives|What it gives|Was sie liefert
statements|What is confirmed|Was bestätigt wird
diff.first|There is no published version to compare with.|Es gibt keine veröffentlichte Version zum Vergleich.
diff.same|Nothing differs from the published version.|Nichts unterscheidet sich von der veröffentlichten Version.
diff.added|Added|Neu
diff.removed|Removed|Entfernt
diff.changed|Changed|Geändert
optional|optional|freiwillig
tests.text|Inputs that are normal, at the edge, incomplete and wrong, made from the fields of what was saved. No model is called.|Normale, grenzwertige, unvollständige und falsche Eingaben aus den Feldern des Gespeicherten. Kein Modell wird aufgerufen.
tests.own|An input of your own|Eine eigene Eingabe
tests.ownHint|JSON, such as {"text": "Hello"}. Empty: the cases made from the fields.|JSON, etwa {"text": "Hallo"}. Leer: die Fälle aus den Feldern.
tests.run|Run tests|Tests ausführen
tests.accepted|Accepted|Angenommen
tests.refused|Refused|Abgewiesen
tests.unexpected|That is not what should happen.|Das sollte nicht passieren.
tests.input|Input|Eingabe
tests.kinds.normal|Normal|Normal
tests.kinds.edge|Edge|Grenzfall
tests.kinds.missing|Missing|Fehlend
tests.kinds.invalid|Invalid|Ungültig
tests.kinds.own|Your own|Eigene
acts.export|Export archive|Archiv exportieren
acts.edit|Edit draft|Entwurf bearbeiten
acts.next|Start next version…|Nächste Version beginnen…
acts.restore|Restore version…|Version wieder freigeben…
acts.suspend|Suspend version…|Version aussetzen…
acts.withdraw|Withdraw version…|Version zurückziehen…
acts.remove|Delete draft…|Entwurf löschen…
acts.submit|Submit for review|Zur Prüfung einreichen
acts.recall|Take back submission|Einreichung zurücknehmen
acts.swear|Give Digital Oath|Digitalen Eid leisten
acts.publish|Publish version|Version veröffentlichen
acted.suspend|The version was suspended|Die Version wurde ausgesetzt
acted.withdraw|The version was withdrawn|Die Version wurde zurückgezogen
acted.restore|The version was restored|Die Version ist wieder freigegeben
acted.remove|The draft was deleted|Der Entwurf wurde gelöscht
acted.next|The next version was started|Die nächste Version ist begonnen
acted.submit|The version was submitted|Die Version wurde eingereicht
acted.recall|The submission was taken back|Die Einreichung wurde zurückgenommen
acted.swear|The oath was given|Der Eid wurde geleistet
acted.publish|The version is published|Die Version ist veröffentlicht
acted.approved|The version was approved|Die Version wurde genehmigt
acted.returned|The version was returned|Die Version wurde zurückgegeben
reason|Reason|Grund
reasonMissing|Say why.|Sagen Sie, warum.
next.submit|Submit for review|Zur Prüfung einreichen
next.submitText|Somebody who is not the author reviews it. It cannot be changed meanwhile.|Jemand anderes prüft sie. Bis dahin kann sie nicht geändert werden.
next.checksFail_one|{{count}} check fails|{{count}} Prüfpunkt ist nicht bestanden
next.checksFail_other|{{count}} checks fail|{{count}} Prüfpunkte sind nicht bestanden
next.waits|Waits for a reviewer|Wartet auf Prüfung
next.waitsText|You can take it back and change it as long as nobody has decided.|Sie können sie zurücknehmen und ändern, solange niemand entschieden hat.
next.oath|Digital Oath|Digitaler Eid
next.oathText|For this version only. It cannot be taken back and stands in the audit log.|Nur für diese Version. Er kann nicht zurückgenommen werden und steht im Audit-Protokoll.
next.swear|I swear this for this version.|Ich leiste diesen Eid für diese Version.
next.swearFirst|Confirm the words first|Bestätigen Sie zuerst die Worte
next.publish|Publish|Veröffentlichen
next.publishText|The oath is given. From now on people can find and run it.|Der Eid ist geleistet. Danach kann sie gefunden und ausgeführt werden.
review.title|Your review|Ihre Prüfung
review.text|Approve when every answer is yes; otherwise return it with a comment.|Genehmigen Sie, wenn jede Antwort ja ist; sonst geben Sie sie mit Kommentar zurück.
review.questions|Answer with yes|Beantworten Sie mit Ja
review.comment|Comment|Kommentar
review.commentHint|Needed to return it; the author reads it.|Nötig zum Zurückgeben; die Autorin oder der Autor liest ihn.
review.commentFirst|Write a comment first|Schreiben Sie zuerst einen Kommentar
review.answerAll|Every question needs a yes|Jede Frage braucht ein Ja
review.approve|Approve version|Version genehmigen
review.return|Return version|Version zurückgeben
appstream|Appstream|Appstream
appstreamText|Public apps that wait for the platform’s review.|Öffentliche Apps, die auf die Prüfung der Plattform warten.
openPublicApps|Open public apps|Öffentliche Apps öffnen'''
for r in rows.split('\n'): T(*r.split('|'))
for l in C: save(B+l+'/catalogue.json',C[l])
C={}
rows='''title|App builder|App-Baukasten
titlePlatform|Public apps|Öffentliche Apps
purpose|Write governed apps for this organisation: forms for all six parts, checks as you save.|Schreiben Sie geregelte Apps für diese Organisation: Formulare für alle sechs Teile, Prüfung bei jedem Speichern.
purposePlatform|Write, import and publish apps for every organisation.|Apps für alle Organisationen schreiben, importieren und veröffentlichen.
newApp|Create app|App anlegen
newAppText|It begins with one question and one step; you change everything.|Sie beginnt mit einer Frage und einem Schritt; Sie ändern alles.
import|Import archive|Archiv importieren
imported|The archive was imported as a draft|Das Archiv ist als Entwurf importiert
emptyTitle|You have written no app yet|Sie haben noch keine App geschrieben
emptyText|An app asks for input, works in visible steps and gives a result that people supervise.|Eine App fragt nach Eingaben, arbeitet in sichtbaren Schritten und liefert ein Ergebnis, das Menschen beaufsichtigen.
app|App|App
state|State|Zustand
publishedVersion|Published|Veröffentlicht
changed|Changed|Geändert
editPurpose|Nobody but you changes this draft. Save to see its checks.|Niemand außer Ihnen ändert diesen Entwurf. Speichern zeigt die Prüfpunkte.
toVersion|Review and submit|Ansehen und einreichen
readOnly|This version is no draft any more and cannot be changed|Diese Version ist kein Entwurf mehr und kann nicht geändert werden
changedElsewhere|It was changed elsewhere. Reload the page to go on; copy what you typed first.|Sie wurde anderswo geändert. Laden Sie die Seite neu; kopieren Sie vorher, was Sie getippt haben.
checksTitle|Checks|Prüfpunkte
checksOld|As of what was last saved. Save to check again.|Stand des zuletzt Gespeicherten. Speichern prüft erneut.
checksNow|Of what is saved now.|Vom Gespeicherten.
tests|Test bench|Prüfstand
diff|Changes|Änderungen
save|Save and check|Speichern und prüfen
way|Way to write|Schreibweise
asForm|Form|Formular
asJson|JSON|JSON
notJson|This is no JSON yet and is not taken over: {{mistake}}|Das ist noch kein JSON und wird nicht übernommen: {{mistake}}
optional|optional|freiwillig
choose|Choose…|Wählen…
noneYet|Nothing yet.|Noch nichts.
unnamed|Without a name|Ohne Namen
moveUp|Move {{name}} up|{{name}} nach oben
moveDown|Move {{name}} down|{{name}} nach unten
isFirst|It is the first|Es ist das erste
isLast|It is the last|Es ist das letzte
remove|Remove {{name}}|{{name}} entfernen
newField|New field|Neues Feld
addField|Add field|Feld hinzufügen
addStep|Add step|Schritt hinzufügen
addBranch|Add branch|Zweig hinzufügen
branch|Branch {{number}}|Zweig {{number}}
layout|How it is shown|Wie es gezeigt wird
addPart|Add part|Teil hinzufügen
newPart|New part|Neuer Teil
resultFields|What the result holds|Was das Ergebnis enthält
addResultField|Add value|Wert hinzufügen
always|Always there|Immer da
resultSchema|Schema of the result|Schema des Ergebnisses
resultSchemaHint|JSON Schema: this result says more than the form can show.|JSON-Schema: dieses Ergebnis sagt mehr, als das Formular zeigen kann.
resultKinds.string|Text|Text
resultKinds.number|Number|Zahl
resultKinds.integer|Whole number|Ganze Zahl
resultKinds.boolean|Yes or no|Ja oder nein
resultKinds.array|List of texts|Liste von Texten
inner.then|Then|Dann
inner.else|Otherwise|Sonst
inner.nodes|For each item|Für jedes Element
files.info|Info|Info
files.input|Input|Eingabe
files.pipeline|Pipeline|Ablauf
files.result|Result|Ergebnis
files.governance|Governance|Aufsicht
files.pricing|Price|Preis
fileHints.info|What it is called and what it is for.|Wie sie heißt und wofür sie da ist.
fileHints.input|What whoever runs it is asked, in this order.|Was gefragt wird, in dieser Reihenfolge.
fileHints.pipeline|The steps, in order. {{open}}input.text{{close}} stands for what was asked, a step’s ID for what it left behind.|Die Schritte der Reihe nach. {{open}}input.text{{close}} steht für eine Eingabe, die ID eines Schritts für sein Ergebnis.
fileHints.result|What comes out, and how it is shown and exported.|Was herauskommt und wie es gezeigt und exportiert wird.
fileHints.governance|How risky it is and who has to look before it is final.|Wie riskant sie ist und wer hinsehen muss, bevor es endgültig ist.
fileHints.pricing|What a run costs; the quote is shown before anything is held.|Was ein Lauf kostet; der Preis wird vor jeder Reservierung gezeigt.
fieldTypes.text|Text|Text
fieldTypes.number|Number|Zahl
fieldTypes.date|Date|Datum
fieldTypes.boolean|Yes or no|Ja oder nein
fieldTypes.select|Choice|Auswahl
fieldTypes.file|File|Datei
fieldTypes.files|Files|Dateien
nodeTypes.prompt|Ask a model|Modell fragen
nodeTypes.parse|Read a file|Datei lesen
nodeTypes.transform|Compute|Berechnen
nodeTypes.validate|Check|Prüfen
nodeTypes.http_tool|Call a tool|Werkzeug aufrufen
nodeTypes.human_task|Ask a person|Menschen fragen
nodeTypes.parallel|Side by side|Nebeneinander
nodeTypes.condition|Decide|Entscheiden
nodeTypes.for_each|For each|Für jedes
nodeTypes.sub_app|Another app|Andere App
nodeHints.prompt|Through the models of the organisation.|Über die Modelle der Organisation.
nodeHints.parse|Text out of PDF, DOCX, XLSX, CSV or TXT.|Text aus PDF, DOCX, XLSX, CSV oder TXT.
nodeHints.transform|A JSONata expression.|Ein JSONata-Ausdruck.
nodeHints.validate|Fails the run when a value breaks a schema.|Beendet den Lauf, wenn ein Wert ein Schema verletzt.
nodeHints.http_tool|An https address, with a credential by its name.|Eine https-Adresse, mit Zugang nach Namen.
nodeHints.human_task|Waits for an answer, for weeks if it must.|Wartet auf eine Antwort, notfalls wochenlang.
nodeHints.parallel|Several branches at once.|Mehrere Zweige zugleich.
nodeHints.condition|One way or the other.|Der eine oder der andere Weg.
nodeHints.for_each|The same steps for every item of a list.|Dieselben Schritte für jedes Element einer Liste.
nodeHints.sub_app|Runs an app inside this one.|Führt eine App in dieser aus.
f.name|Name|Name
f.description|Description|Beschreibung
f.version|Version|Version
f.category|Category|Kategorie
f.language|Language|Sprache
f.tags|Tags|Schlagwörter
f.icon|Icon|Symbol
f.instructions|Instructions|Anleitung
f.label|Label|Beschriftung
f.type|Type|Art
f.required|Required|Pflicht
f.min_length|Least characters|Mindestens Zeichen
f.max_length|Most characters|Höchstens Zeichen
f.minimum|Lowest value|Kleinster Wert
f.maximum|Highest value|Größter Wert
f.options|Choices|Auswahlwerte
f.formats|File formats|Dateiformate
f.max_bytes|Largest file in bytes|Größte Datei in Bytes
f.max_files|Most files|Höchstens Dateien
f.data_class|Data class|Datenklasse
f.id|ID|ID
f.title|Title|Titel
f.system|What the model is told to be|Was das Modell sein soll
f.prompt|What the model is asked|Was das Modell gefragt wird
f.output|Answer as|Antwort als
f.schema|JSON Schema|JSON-Schema
f.model|Model|Modell
f.max_output_tokens|Most output tokens|Höchstens Ausgabe-Token
f.temperature|Temperature|Temperatur
f.file|File|Datei
f.expression|Expression|Ausdruck
f.value|Value to check|Zu prüfender Wert
f.method|Method|Methode
f.url|Address|Adresse
f.headers|Headers|Kopfzeilen
f.body|Body|Inhalt
f.credential|Uses a credential|Benutzt einen Zugang
f.credential_name|Name of the credential|Name des Zugangs
f.expect|Answer expected as|Antwort erwartet als
f.assignee|Who is asked|Wer gefragt wird
f.due_days|Due in days|Fällig in Tagen
f.items|List|Liste
f.as|Name of an item|Name eines Elements
f.max_items|Most items|Höchstens Elemente
f.concurrency|At the same time|Gleichzeitig
f.app|ID of the app|ID der App
f.input|Its input|Ihre Eingabe
f.retries|Retries|Wiederholungen
f.timeout_seconds|Time limit in seconds|Zeitlimit in Sekunden
f.on_error|When it fails|Wenn es fehlschlägt
f.pointer|Place in the result|Stelle im Ergebnis
f.format|Shown as|Gezeigt als
f.engine_type|Engine|Engine
f.risk|Risk|Risiko
f.consequences|What a mistake could touch|Was ein Fehler berühren könnte
f.supervision_required|Whoever runs it acknowledges the draft|Wer sie ausführt, bestätigt den Entwurf
f.supervision_level2|A manager or reviewer approves|Jemand mit Freigaberecht gibt frei
f.supervision_level3|Compliance signs off|Compliance zeichnet ab
f.statements|What is confirmed, one by one|Was einzeln bestätigt wird
f.jurisdictions|Jurisdictions|Rechtsräume
f.allowed_provider_types|Providers that may be used|Anbieter, die benutzt werden dürfen
f.data_classes|What may be put into it|Was hineingegeben werden darf
f.max_execution_seconds|Time limit in seconds|Zeitlimit in Sekunden
f.max_steps|Most steps|Höchstens Schritte
f.base_micros|For every run|Für jeden Lauf
f.per_input_megabyte_micros|For each megabyte of files|Für jedes Megabyte an Dateien
f.per_input_kilochar_micros|For each 1,000 characters|Für je 1.000 Zeichen
f.per_item_micros|For each file|Für jede Datei
h.version|Like 1.2.0; every published version has its own.|Wie 1.2.0; jede veröffentlichte Version hat ihre eigene.
h.tags|One per line.|Eines je Zeile.
h.options|One per line.|Einer je Zeile.
h.statements|One per line; each is ticked before acknowledging.|Eine je Zeile; jede wird vor dem Bestätigen angekreuzt.
h.jurisdictions|One per line, such as de or eu; empty means everywhere.|Einer je Zeile, etwa de oder eu; leer heißt überall.
h.language|Such as en or de-AT.|Etwa de oder en-GB.
h.icon|A name of the icon set Lucide.|Ein Name aus dem Symbolsatz Lucide.
h.id|Lower-case letters, digits and _; later steps use it.|Kleinbuchstaben, Ziffern und _; spätere Schritte benutzen sie.
h.name|For fields: lower-case letters, digits and _.|Bei Feldern: Kleinbuchstaben, Ziffern und _.
h.model|Empty: the organisation’s default.|Leer: die Voreinstellung der Organisation.
h.pointer|Such as /answer.|Etwa /answer.
h.assignee|requester, role:manager or member:ID.|requester, role:manager oder member:ID.
words.text|Text|Text
words.json|Data (JSON)|Daten (JSON)
words.low|Low|Niedrig
words.medium|Medium|Mittel
words.high|High|Hoch
words.critical|Critical|Kritisch
words.fail|The run fails|Der Lauf schlägt fehl
words.continue|Go on without it|Ohne weitermachen
words.public|Public|Öffentlich
words.user_private|Personal|Persönlich
words.regulated|Regulated|Reguliert
words.legal|Legal|Rechtliches
words.financial|Financial|Finanzielles
words.regulatory|Regulatory|Regulatorisches
words.professional|Professional|Berufliches
words.number|Number|Zahl
words.date|Date|Datum
words.boolean|Yes or no|Ja oder nein
words.select|Choice|Auswahl
words.file|File|Datei
words.files|Files|Dateien
words.list|List|Liste
words.table|Table|Tabelle
words.markdown|Formatted text|Formatierter Text
words.badge|Badge|Plakette'''
for r in rows.split('\n'): T(*r.split('|'))
for l in C: save(B+l+'/builder.json',C[l])
for l,ap,st in(('en','Appstream',{"submitted":"Submitted","approved":"Approved","published":"Published","superseded":"Superseded","withdrawn":"Withdrawn","returned":"Returned"}),('de','Appstream',{"submitted":"Eingereicht","approved":"Genehmigt","published":"Veröffentlicht","superseded":"Ersetzt","withdrawn":"Zurückgezogen","returned":"Zurückgegeben"})):
    p=B+l+'/shell.json';d=load(p);d['nav'].setdefault('platform_apps',ap);save(p,d)
    p=B+l+'/words.json';d=load(p)
    for k,v in st.items(): d['state'].setdefault(k,v)
    save(p,d)
N='web/src/navigation.ts'
sub(N,"  | 'approvals'\n","  | 'approvals'\n  | 'catalogue'\n  | 'builder'\n  | 'platform_apps'\n")
sub(N,"  Gauge,\n","  Blocks,\n  Gauge,\n")
sub(N,"  Inbox,\n","  Inbox,\n  Library,\n")
sub(N,"  // money\n","""  {
    id: 'catalogue',
    path: '/o/$org/catalogue',
    group: 'manage',
    icon: Library,
    permission: 'catalog.manage',
    keywords: ['apps', 'allowlist', 'blocklist', 'promote', 'review', 'submissions'],
  },
  {
    id: 'builder',
    path: '/o/$org/builder',
    group: 'manage',
    icon: Blocks,
    permission: 'app.publish',
    keywords: ['apps', 'write', 'contract', 'pipeline', 'publish', 'expert'],
  },
  // money
""")
sub(N,"  // me\n","""  {
    id: 'platform_apps',
    path: '/platform/catalogue',
    group: 'platform',
    icon: Library,
    permission: null,
    keywords: ['appstream', 'public apps', 'review', 'publish'],
  },
  // me
""")
R='web/src/routes.tsx'
sub(R,"import { costRoutes }","import { appstreamRoutes, catalogueRoutes } from './pages/catalogue/routes.ts'\nimport { costRoutes }")
sub(R,"      ...approvalRoutes,\n","      ...approvalRoutes,\n      ...catalogueRoutes,\n")
sub(R,"...platformRoutes","...platformRoutes, ...appstreamRoutes")
L='web/src/locales/resources.ts'
sub(L,"import type cost ","import type builder from './en/builder.json'\nimport type catalogue from './en/catalogue.json'\nimport type cost ")
sub(L,"  readonly cost:","  readonly builder: typeof builder\n  readonly catalogue: typeof catalogue\n  readonly cost:")
P='web/src/pages/catalogue/builder-edit-page.tsx'
sub(P,"t(`fileHints.${props.file}`)","t(`fileHints.${props.file}`, { open: '{{', close: '}}' })")
sub(P,"currency={t('currencyUnit')}","currency={wallet?.currency ?? ''}")
sub(P,"  const [way, setWay] = useState<'form' | 'json'>('form')\n","  const { org } = useParams({ strict: false })\n  const { data: wallet } = useQuery({ ...walletQuery(org ?? ''), enabled: org !== undefined })\n  const [way, setWay] = useState<'form' | 'json'>('form')\n")
sub(P,"import { Form,","import { walletQuery } from '../../api/wallet.ts'\nimport { Form,")
sub(P,"  const { desk, base } = useDesk()\n  const client","  const { desk, base } = useDesk()\n  const client")
D='web/src/pages/catalogue/desk.ts'
sub(D,"import { meQuery } from '../../session/facts.ts'\nimport { accessOf, organisationQuery } from '../../session/facts.ts'\nimport { useQuery } from '@tanstack/react-query'\n","import { accessOf, meQuery, organisationQuery } from '../../session/facts.ts'\n")
sub(D,"import { useMemo }","import { useQuery } from '@tanstack/react-query'\nimport { useMemo }")
T='web/src/components/state-badge.tsx'
sub(T,"  running: 'info',","  published: 'ok',\n  submitted: 'info',\n  returned: 'warn',\n  withdrawn: 'bad',\n  running: 'info',")
