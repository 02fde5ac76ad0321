import { type DragEvent, useRef, useState } from 'react';
import { useI18n } from '../i18n.tsx';

/** The field for the file. Everything on it may be dropped on, too; without scripts it is the field alone. */
export function DropZone() {
  const { t } = useI18n();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const { files } = event.dataTransfer;
    if (field.current === null || files.length === 0) return;
    field.current.files = files;
    setName(files[0]?.name ?? null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the field inside is for everybody
    <div
      className={over ? 'drop-zone over' : 'drop-zone'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label htmlFor="file">{t('compliance.file')}</label>
      <p className="hint soft small" id="file-hint">
        {t('compliance.fileHint')}
      </p>
      <input
        ref={field}
        id="file"
        name="file"
        type="file"
        accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        aria-describedby="file-hint"
        onChange={({ target }) => setName(target.files?.[0]?.name ?? null)}
      />
      <p className="soft" aria-live="polite">
        {name === null ? t('compliance.drop') : t('compliance.dropped', { name })}
      </p>
    </div>
  );
}
