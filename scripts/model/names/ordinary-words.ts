/** Words that are also parts of names. Alone and in lower case they do not count as names. */

/** The most common words of English, German, French and Spanish, and words that are also names. Lower-case ASCII. */
export const ORDINARY_WORDS: ReadonlySet<string> = new Set(
  `a able about above across act add afraid after again against age ago air al all almost alone along already also always am among an and angel animal another answer any
   apart appear april area arm around art as ask at august autumn away back bad bail baker ball band bank banks bar barber base basket bat bay be bean bear beat beautiful because beck
   become bed been before begin behind being believe bell below best better between big bill bird birds bishop bit black blood bloom blow blue board boat bond body bone book both bow box boy boys
   branch brave bread break bridge bright bring brook brooks brother brown build burn bush busy but butler buy by cage call calm came camp can cap captain car card care carpenter carry carter case cash castle cat catch
   cause center certain chain chair chance chandler change chase check cherry chief child china choose christian church circle city clark class clay clean clear close cloud coast coat cold college color come common complete condition
   cook cooper copper corn corner cost cotton could count country course court cover cow cox crane cross crow cry cup cut daily daisy dance dark daughter dawn day days deal dean dear december deep deer did die different
   dinner do doctor does dog done door down draw dream drew drink drive drop dry duke dust duty each early earth ease east easy eat edge egg eight either else end enemy english enough eve even evening ever every example eye
   face fact fair faith fall family far farm farmer farmers fast fat father fear february feed feel feet few field fields fig fight figure fill final find fine finger finish fire first fish fisher five flat flint floor flower flowers fly follow food foot
   for force ford forest form fort forward foster found four fox frank free freeman french fresh friend from front frost fruit full game garden gardener gates gave gay gentle get gift girl give glass go goal god gold golden gone good
   got grace grand grant gray grass great green grey ground group grow guy had hair half hall hammer hand happy harbor hard has hat have hawk hay he head health heard heart heat heath heather heaven heavy help hence her here
   hero high hill hills him his history hold holiday hollow holly home honey hope horn horse hot hour house how however human hundred hunt hunter i ice idea if in inch interest iris iron is island it its ivy jack january jasmine jay
   jet job join joy judge july june just keep key keys kind king kings kitchen knew knife knight know la lab lady lake lamb lance land lane language large last late later laugh law laws lay lead leaf learn leave left leg less let letter level lie life lift light
   like lily lin line lion list listen little live living lo long look lord lose loss lot lots love low luck lung lynch machine made main make male man manner many map march mark market marks marsh marshall mason mass master match matter may maybe me meadow
   mean means measure meat meet men mercy merchant merry metal middle might mile miles mill miller mills mind mine minute miss money monk month moon moor moore more morning moss most mother mountain mouth move mr mrs ms much music must my name nation near neck need never new
   newman next nice night nine no noble none noon nor north nose not note nothing notice november now number nut oak object ocean october of off offer office often oil old olive on once one only open or orange order other ounce our out over owe own ox
   page paid pain paint pair palmer paper park parks parent parker part parts party pass past pat path patience pay peace peak pear pearl pen people per perhaps person pike pine pink pitch place plain plan plant play please plum point pole pool poor pope porter position possible post potter pound
   power present press pretty price pride priest prince print problem produce proper provide public pull push put queen question quick quiet quite race rain raise ran range rather ray reach read ready real reason record red reed remember rest result reward rice rich rider right ring rise rising rivers road
   rob robin rock rode roll roman roof room root rope rose roses rough round row royal ruby rule run rush rust rusty said sail saint sale salt same sand sands sandy sat save saw say school sea seal second see seed seem self sell send sense sent september serve set seven several shade shadow shall shape sharp she
   shepherd ship shirt shoe shop shore short should show side sign silver simple since sing single singer sister sit six size skin sky sleep slow small smart smile smith smooth snow so soft soil soldier some son song soon sound south space speak spear special spring square staff stage stand star
   stark start state stay steel step stern stick still stock stone stop storm story straight stream street strong stuff such sudden sue sugar summer summers sun sunday sunny supply sure surprise swift system table tail take talk tall tan tank taylor teach teacher team tell temple ten term terry test than thank that the their them then
   there these they thin thing think this thorn those though thought three through thus tie tiger till time tin tiny to today together told tom ton too took top total touch tower town trade train travel tree trip trouble truck true trust try turn turner twelve two type uncle under unit until up us use usual valley van
   very view village violet visit voice wade wait walk walker wall walls want war ward warden warm warren was wash watch water waters watt watts wave way ways we weak weaver web week weight welcome well wells went were west what wheat wheel when where which while white who whole whose why wide wife wild will willow win wind
   window wine wing winter winters wise wish with within without wolf woman women won wonder wood woods word words work world would wright write wrong yard year years yes yet york you young your zero
   aber alle alles als alt am auch auf aus bauer baum beck bei beim berg bin bis blum bluhm brand braun braut burg busch da damm dann das dass dein dem den der des dich die dies doch dorf du durch ein eine engel er ernst es etwas euch falk fein feld fels fest fett feuer fischer fink frei freund frisch froh fuchs fur ganz
   gans geist ger gern gold graf gross gut haas hahn hand hans hart hase haus hecht heer heinz herr herz hirsch hoch hof holz huber ich ihm ihn ihr im ist ja jager jeder jung kaiser kaiser kalt kamm kein klein klug koch kohl konig korn kraft kraus kreis krieg kruger kurz lang lange laut leer leicht lieb lieber lied los lowe
   maler man mann mehr mein meister mich mir mit moll muller mund nach nacht nagel nah ner neu neumann nicht nie noch nun nur nuss ob oder ohne ost otto pfeiffer pflug pohl recht reich rein richter ritter rot roth ruhe sanft schafer schatz schenk schlecht schmidt schmied schneider schon schreiber schroder schulz schuster schwan schwarz sehr sein
   seit sich sie sind sommer sonne sonntag sporn stadler stahl stark stein still stolz strauss sturm tag tal teich thal tief tisch tod traum treu um und uns unter vater vogel voll vom von vor wagner wald wann war warm was weber weg weil wein weise weiss weit wenn wer werner wie wiese wild wir wo wohl wolf wolff wurde ziegler zimmermann zu zum zur zwei
   ai au aux avec beau belle bien blanc bon bonne ce cela ces chez claire comme dans de des deux deja donc du elle elles en entre est et eux fin fleur fois fort franc grand gris homme ici il ils je jean jeune joli la le les leur lui ma mais marc me mere mes moi mon monde ne noir nom nos notre nous nuit ou oui par pas petit peu plus point pour pre puis quand que qui rien roi
   roux sa sage sans se ses si soi son sont sous sur ta te tes toi ton tous tout tres trop tu un une va vert vie vieux vite voir vos votre vous vrai y
   alba alma amor bueno cielo cruz del dia dios el ella en era esta este flor flores hay hijo luz luna malo mar mas me mia mil muy nada no noche nos o para pero poco por que rey rio rojo santo santos ser si sin sol su sus te todo tu un una uno valle verde vez vida y ya yo`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Ordinary words that are capitalised inside a sentence without being names: English months and days, German nouns. */
export const CAPITALISED_WORDS: ReadonlySet<string> = new Set(
  `april august december february january july june march may november october september sunday i mr mrs ms china english french christian roman god internet
   angel art bauer baum berg brand braut burg busch damm dorf ernst engel fall feld fels fest fett feuer fink fischer freund fuchs geist gold graf hahn hand hase haus hecht heer herr herz hirsch hof holz
   jager kaiser kamm koch kohl konig korn kraft kreis krieg lied lowe maler mann mark meister mund nacht nagel nuss ost pflug recht reich richter ritter ruhe schafer schatz schmied schneider schreiber schuster schwan
   sommer sonne sonntag stahl stein strauss sturm tag tal teich tisch tod traum vater vogel wagner wald weber weg wein weise wiese wild winter wolf ziegler zimmermann name note band bank best hunger kind land man park rose star west wind wort`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Abbreviations that could be taken for initials. */
export const ABBREVIATIONS: ReadonlySet<string> = new Set(
  `ac ad ag ai al am ap api ar at au av az ba bbc bc bi bp ca cd ce ceo cfo cia cio coo cpu cto cv da db dc de dj dna do dr du ec ee eg er es et eu ev fbi fr fu ga gb gdp gdpr gm gmbh go gpa gpt gpu
   ha hd he hr ib ibm ic id ie if ii in io ip iq ir iso it iv ja jr kg kim km kv la llm lp lg ma mb md me mi mit mk ml mm mr ms mw my na nato nb ne ng nhs ngo no np nr ny nz oe ok on op or os pa pc pdf ph phd pi pin pl pm po pp pr ps qa qr ra rag ram rd rm rna
   sa sc se si sme so sr ss st su ta tb te ti tl to tv ua ui uk un up url us usa usb usd ux va vc vp vpn vr vs we wi wm wto www xi xl xp xy yo`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Titles before a name. Lower-case ASCII. */
export const TITLES: ReadonlySet<string> = new Set(
  `dr prof professor professorin doktor doctor mr mister mrs ms miss mx sir dame lord lady jr sr phd md ii iii iv herr herrn frau fraulein dipl ing mag mme madame mlle monsieur messieurs maitre senor senora don dona
   signor signora signore sig dott dottor pan pani gospodin gospozha teacher director chairman chairwoman president minister senator judge captain colonel general father sister brother rabbi imam reverend rev pastor uncle aunt
   gospod kyrios kyria meneer mevrouw dhr mevr herra fru hr bay bayan`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Particles inside names, which identify nobody: de, von, bin. */
export const PARTICLES: ReadonlySet<string> = new Set(
  'de la le les du des di da do dos das del della van von der den dem ter ten zu zum zur af av al el bin ibn abu abd bint y e i of mc mac st o d l s t and und et'.split(
    ' ',
  ),
);
